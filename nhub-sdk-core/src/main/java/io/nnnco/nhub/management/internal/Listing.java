package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.management.ApiCall;
import io.nnnco.nhub.management.ApiConnectionException;
import io.nnnco.nhub.management.CallPhase;
import io.nnnco.nhub.management.internal.CertificatePages.Page;
import java.util.HashSet;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the links from page to page to the end. A list without an end, or one that returns fewer
 * entries than it claims, is an error.
 */
final class Listing {
  private static final Logger log = LoggerFactory.getLogger("io.nnnco.nhub.management");
  private static final int MAX_PAGES = 1_000;
  private static final int MAX_ENTRIES = 50_000;
  private static final long MAX_BYTES = 32L << 20;

  /**
   * A multiple of the time that one call may take, not counting the caller's time between pages.
   */
  private static final int MAX_CALLS = 10;

  private final CertificatePages pages;
  private final RestApi api;
  private final Set<HttpUrl> seen = new HashSet<>();
  private @Nullable HttpUrl next;
  private @Nullable Page last;
  private int read;
  private long entries;
  private long bytes;
  private long nanos;

  /** Starts at {@code first}; the platform's links may also call it {@code sameAsFirst}. */
  Listing(CertificatePages pages, RestApi api, HttpUrl first, HttpUrl sameAsFirst) {
    this.pages = pages;
    this.api = api;
    this.next = first;
    seen.add(sameAsFirst);
  }

  /** The next page, or null after the last. A page that could not be read is read again. */
  @Nullable Page next() {
    Page before = last;
    HttpUrl url = next;
    if (before != null) {
      if (url == null || seen.contains(url)) {
        requireWhole(before, url != null);
        next = null;
        return null;
      }
      requireBounds(before.call());
    }
    if (url == null) {
      return null;
    }
    Page page = timed(url);
    seen.add(url);
    last = page;
    next = page.next();
    read++;
    entries += page.entries().size();
    bytes += page.bytes();
    return page;
  }

  private Page timed(HttpUrl url) {
    long start = api.nanos();
    try {
      return pages.read(url, true);
    } finally {
      nanos += api.nanos() - start;
    }
  }

  private void requireWhole(Page page, boolean linksBack) {
    long total = page.total().orElse(entries);
    if (entries < total) {
      throw ApiErrors.unreadable(
          page.call(),
          "The list says that it has " + total + " entries, and ends after " + entries + ".");
    }
    if (page.goesOn() && page.next() == null) {
      throw ApiErrors.unreadable(page.call(), "The list says that it goes on, but not where.");
    }
    if (linksBack) {
      log.warn("The list of certificates links back to a page of its own; it ends here.");
    }
  }

  private void requireBounds(ApiCall call) {
    if (read >= MAX_PAGES || entries >= MAX_ENTRIES || bytes >= MAX_BYTES) {
      throw ApiErrors.unreadable(
          call,
          String.format(
              "The list does not end: %,d pages with %,d entries in %,d bytes so far.",
              read, entries, bytes));
    }
    if (nanos >= MAX_CALLS * api.callTimeout().toNanos()) {
      throw new ApiConnectionException(
          CoreErrorCode.API_TIMEOUT,
          call,
          CallPhase.EXCHANGE,
          "The list did not end in " + MAX_CALLS + " times the time that a call may take.",
          null);
    }
  }
}
