package io.nnnco.nhub.management;

import io.nnnco.nhub.management.internal.AsyncCalls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@link Certificates} with futures; see {@link AsyncManagement} for threads and cancellation. */
public final class AsyncCertificates {
  private final Certificates blocking;
  private final AsyncCalls calls;

  AsyncCertificates(Certificates blocking, AsyncCalls calls) {
    this.blocking = blocking;
    this.calls = calls;
  }

  /**
   * Like {@link Certificates#issue(String, String)}.
   *
   * @param name a name for people to recognise; not blank
   * @param apiKeyId the id of its API key
   * @return the certificate with its private key
   */
  public CompletableFuture<IssuedCertificate> issue(String name, String apiKeyId) {
    return calls.start(() -> blocking.issue(name, apiKeyId));
  }

  /**
   * Like {@link Certificates#issue(CertificateSpec)}.
   *
   * @param spec the certificate to issue
   * @return the certificate with its private key
   */
  public CompletableFuture<IssuedCertificate> issue(CertificateSpec spec) {
    return calls.start(() -> blocking.issue(spec));
  }

  /**
   * Like {@link Certificates#issueTo(Path, CertificateSpec)}.
   *
   * @param directory the directory to save to
   * @param spec the certificate to issue
   * @return the certificate, saved
   */
  public CompletableFuture<IssuedCertificate> issueTo(Path directory, CertificateSpec spec) {
    return calls.start(() -> blocking.issueTo(directory, spec));
  }

  /**
   * Like {@link Certificates#recover(Path)}.
   *
   * @param directory the directory that was passed to {@code issueTo}
   * @return what was found and done
   */
  public CompletableFuture<Recovery> recover(Path directory) {
    return calls.start(() -> blocking.recover(directory));
  }

  /**
   * Like {@link Certificates#list()}, with all pages in memory.
   *
   * @return all certificates, in the platform's order; unmodifiable
   */
  public CompletableFuture<List<MqttCertificate>> list() {
    return calls.start(() -> blocking.list().toList());
  }

  /**
   * Like {@link Certificates#listPage(int)}.
   *
   * @param number the number of the page, from 1
   * @return the page
   */
  public CompletableFuture<CertificatePage> listPage(int number) {
    return calls.start(() -> blocking.listPage(number));
  }

  /**
   * Like {@link Certificates#find(String)}.
   *
   * @param id the certificate's id
   * @return the certificate, or empty if the list does not contain it
   */
  public CompletableFuture<Optional<MqttCertificate>> find(String id) {
    return calls.start(() -> blocking.find(id));
  }

  /**
   * Like {@link Certificates#active(String)}.
   *
   * @param apiKeyId the id of the API key
   * @return the certificates, in the platform's order
   */
  public CompletableFuture<List<MqttCertificate>> active(String apiKeyId) {
    return calls.start(() -> blocking.active(apiKeyId));
  }

  /**
   * Like {@link Certificates#revoke(String)}.
   *
   * @param id the certificate's id
   * @return completes with null once the certificate is revoked
   */
  public CompletableFuture<@Nullable Void> revoke(String id) {
    return calls.start(
        () -> {
          blocking.revoke(id);
          return null;
        });
  }
}
