package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.management.MqttCertificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks over pages, reading one when the one before it is used up. */
final class PagedSpliterator extends Spliterators.AbstractSpliterator<MqttCertificate> {
  private static final Logger log = LoggerFactory.getLogger("io.nnnco.nhub.management");

  private final Function<HttpUrl, CertificatePages.Page> reader;
  private final Set<HttpUrl> seen = new HashSet<>();
  private Iterator<MqttCertificate> entries = Collections.emptyIterator();
  private @Nullable HttpUrl next;

  /** Starts at {@code first}, which the platform's links may call {@code sameAsFirst}. */
  PagedSpliterator(
      HttpUrl first, HttpUrl sameAsFirst, Function<HttpUrl, CertificatePages.Page> reader) {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.next = first;
    this.reader = reader;
    seen.add(sameAsFirst);
  }

  @Override
  public boolean tryAdvance(Consumer<? super MqttCertificate> action) {
    while (!entries.hasNext()) {
      HttpUrl url = next;
      if (url == null) {
        return false;
      }
      if (seen.contains(url)) {
        log.warn("The list of certificates links back to a page of its own; it ends here.");
        next = null;
        return false;
      }
      entries = Collections.emptyIterator();
      CertificatePages.Page page = reader.apply(url);
      seen.add(url); // Not before: a page that could not be read may be asked for again.
      entries = page.entries().iterator();
      next = page.next();
    }
    action.accept(entries.next());
    return true;
  }
}
