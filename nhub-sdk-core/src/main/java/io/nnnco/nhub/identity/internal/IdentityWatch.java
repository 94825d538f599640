package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.IdentityFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files of an identity for another one. A change is one of content, not of a file's
 * time. Whatever is wrong may be half of a change that somebody is making: it is looked at again,
 * and reported only if it stays, once. Not thread-safe.
 */
public final class IdentityWatch {
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);

  /** Together 6.3 seconds: who replaces files one by one takes a second or two. */
  private static final int MOST_RETRIES = 6;

  private final IdentityPlace place;
  private final Function<PemTexts, ClientIdentity> parser;
  private @Nullable ClientIdentity known;
  private @Nullable String digest;
  private @Nullable ClientIdentity parsed;
  private @Nullable IdentityException defect;
  private int retries;
  private @Nullable String told;

  /**
   * A watch that knows no identity yet.
   *
   * @param parser checks everything but the dates
   */
  public IdentityWatch(IdentityPlace place, Function<PemTexts, ClientIdentity> parser) {
    this.place = place;
    this.parser = parser;
  }

  /** The identity that is there now, whatever its dates; it is known from now on. */
  public ClientIdentity first() {
    ClientIdentity first = read();
    known = first;
    place.warnIfOthersCanRead();
    return first;
  }

  /** Looks once. */
  public Sight look(Instant now) {
    try {
      ClientIdentity found = read();
      if (Objects.equals(found, known)) {
        return settled(told == null ? new Sight.Nothing() : new Sight.Recovered());
      }
      found.checkValidAt(now);
      known = found;
      place.warnIfOthersCanRead();
      return settled(new Sight.Another(found));
    } catch (IdentityException e) {
      return problem(e);
    }
  }

  private Sight settled(Sight sight) {
    retries = 0;
    told = null;
    return sight;
  }

  private Sight problem(IdentityException e) {
    String problem =
        e.code().id() + (e instanceof IdentityFileException file ? " " + file.path() : digest);
    if (problem.equals(told)) {
      return new Sight.Nothing();
    }
    if (retries < MOST_RETRIES) {
      return new Sight.Unsettled(FIRST_RETRY.multipliedBy(1L << retries++));
    }
    retries = 0;
    told = problem;
    return new Sight.Unusable(e);
  }

  /** Parsing a key may take seconds, so a text is parsed once. */
  private ClientIdentity read() {
    PemTexts texts = place.read();
    if (!texts.digest().equals(digest)) {
      parsed = null;
      defect = null;
      digest = texts.digest();
      try {
        parsed = parser.apply(texts);
      } catch (IdentityException e) {
        defect = e;
      }
    }
    if (parsed == null) {
      throw defect == null ? new IllegalStateException("neither parsed nor defect") : defect;
    }
    return parsed;
  }
}
