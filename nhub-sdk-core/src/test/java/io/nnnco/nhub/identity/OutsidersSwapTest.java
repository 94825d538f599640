package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.internal.IdentityPlace;
import io.nnnco.nhub.identity.internal.IdentityReader;
import io.nnnco.nhub.identity.internal.IdentityWatch;
import io.nnnco.nhub.identity.internal.Sight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody else replaces the files, in ten ways of a hundred times each, while they are read. */
class OutsidersSwapTest {
  private static final int SWAPS = 100;
  private static final TestPki.Held CA = TestPki.ca("N-Hub CA");
  private static final List<TestPki.Held> HELD =
      IntStream.range(0, 10).mapToObj(i -> CA.signClient("client-" + i)).toList();
  private static final Set<ClientIdentity> IDENTITIES =
      HELD.stream().map(held -> held.issuedBy(CA)).collect(Collectors.toSet());

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void look_whileFilesAreReplaced_seesOnlyWholeIdentities_andTheLastOneInTheEnd(
      Outsider outsider, @TempDir Path temp) throws IOException {
    Outsider.Files files = new Outsider.Files(temp, CA);
    outsider.begin(files, HELD.get(0));
    IdentityPlace place = IdentityPlace.in(files.directory());
    IdentityWatch watch =
        new IdentityWatch(place, texts -> new ClientIdentity(IdentityReader.read(texts, null)));
    ClientIdentity seen = watch.first();
    assertTrue(IDENTITIES.contains(seen));

    CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> swap(outsider, files));
    while (!swapping.isDone()) {
      seen = seen(watch, seen);
    }
    swapping.join();
    for (int i = 0; i < 20; i++) {
      seen = seen(watch, seen);
    }

    assertEquals(HELD.get(SWAPS % HELD.size()).issuedBy(CA), seen);
    assertFalse(watch.look(Instant.now()) instanceof Sight.Unusable, "it is good, and stays so");
  }

  private static ClientIdentity seen(IdentityWatch watch, ClientIdentity before) {
    if (watch.look(Instant.now()) instanceof Sight.Another another) {
      assertTrue(IDENTITIES.contains(another.identity()), "a certificate with its own key");
      assertFalse(another.identity().equals(before), "another one");
      return another.identity();
    }
    return before;
  }

  private static void swap(Outsider outsider, Outsider.Files files) {
    try {
      for (int i = 1; i <= SWAPS; i++) {
        outsider.swap(files, HELD.get(i % HELD.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
