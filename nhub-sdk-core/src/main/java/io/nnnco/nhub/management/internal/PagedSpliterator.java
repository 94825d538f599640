package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.management.MqttCertificate;
import java.util.Collections;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.function.Consumer;

/** Iterates over pages, reading each one when the one before it is used up. */
final class PagedSpliterator extends Spliterators.AbstractSpliterator<MqttCertificate> {
  private final Listing listing;
  private Iterator<MqttCertificate> entries = Collections.emptyIterator();

  PagedSpliterator(Listing listing) {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.listing = listing;
  }

  @Override
  public boolean tryAdvance(Consumer<? super MqttCertificate> action) {
    while (!entries.hasNext()) {
      entries = Collections.emptyIterator();
      CertificatePages.Page page = listing.next();
      if (page == null) {
        return false;
      }
      entries = page.entries().iterator();
    }
    action.accept(entries.next());
    return true;
  }
}
