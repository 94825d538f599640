package io.nnnco.nhub.identity;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.nnnco.nhub.identity.TestPki.Held;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Somebody who replaces the files of an identity, and knows nothing of who reads them. */
enum Outsider {
  /** {@code cp}: the certificate, then the key. */
  IN_PLACE {
    @Override
    void swap(Files files, Held next) throws IOException {
      files.write("client.crt", next.certificatePem());
      files.write("client.key", next.keyPem());
      files.write("ca.crt", files.ca.certificatePem());
    }
  },

  /** The key some time before the certificate. */
  KEY_FIRST_AND_THE_REST_LATER {
    @Override
    void swap(Files files, Held next) throws IOException {
      files.write("client.key", next.keyPem());
      pause();
      files.write("client.crt", next.certificatePem());
    }
  },

  /** {@code mv}, file by file. */
  RENAME_EACH {
    @Override
    void swap(Files files, Held next) throws IOException {
      files.rename("client.crt", next.certificatePem());
      files.rename("client.key", next.keyPem());
    }
  },

  /** {@code rm}, and then new files. */
  DELETE_AND_WRITE {
    @Override
    void swap(Files files, Held next) throws IOException {
      for (String name : files.contents(next).keySet()) {
        java.nio.file.Files.delete(files.directory().resolve(name));
      }
      pause();
      files.writeAll(files.directory(), next);
    }
  },

  /** Another one's key, and the right one some time later. */
  WRONG_KEY_FIRST {
    @Override
    void swap(Files files, Held next) throws IOException {
      files.write("client.crt", next.certificatePem());
      files.write("client.key", files.stranger.keyPem());
      pause();
      files.write("client.key", next.keyPem());
    }
  },

  /** A writer that is interrupted for a moment in the midst of a file. */
  HALF_A_FILE {
    @Override
    void swap(Files files, Held next) throws IOException {
      String certificate = next.certificatePem();
      files.write("client.key", next.keyPem());
      files.write("client.crt", certificate.substring(0, certificate.length() / 2));
      pause();
      files.write("client.crt", certificate);
    }
  },

  /** Our own {@code save}. */
  SAVE {
    @Override
    void swap(Files files, Held next) {
      next.issuedBy(files.ca).save(files.directory());
    }
  },

  /** Kubernetes: the files are links through {@code ..data}, which is swapped. */
  KUBERNETES {
    @Override
    void begin(Files files, Held first) throws IOException {
      java.nio.file.Files.createDirectory(files.directory());
      files.link(files.directory().resolve("..data"), files.version(first));
      for (String name : files.contents(first).keySet()) {
        files.link(files.directory().resolve(name), Path.of("..data", name));
      }
    }

    @Override
    void swap(Files files, Held next) throws IOException {
      files.link(files.directory().resolve("..data"), files.version(next));
    }
  },

  /** The directory itself is a link that is swapped. */
  LINKED_DIRECTORY {
    @Override
    void begin(Files files, Held first) throws IOException {
      files.link(files.directory(), files.version(first));
    }

    @Override
    void swap(Files files, Held next) throws IOException {
      files.link(files.directory(), files.version(next));
    }
  },

  /** Each file is a link, and they are swapped one by one. */
  LINKED_FILES {
    @Override
    void begin(Files files, Held first) throws IOException {
      java.nio.file.Files.createDirectory(files.directory());
      swap(files, first);
    }

    @Override
    void swap(Files files, Held next) throws IOException {
      Path version = files.version(next);
      for (String name : files.contents(next).keySet()) {
        files.link(files.directory().resolve(name), version.resolve(name));
      }
    }
  };

  abstract void swap(Files files, Held next) throws IOException;

  void begin(Files files, Held first) throws IOException {
    java.nio.file.Files.createDirectory(files.directory());
    files.writeAll(files.directory(), first);
  }

  /** Lets a reader see what is there between. */
  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
  }

  /** The directory, and how a file gets there. */
  static final class Files {
    final Held ca;
    final Held stranger;
    private final Path temp;
    private int versions;

    Files(Path temp, Held ca) {
      this.temp = temp;
      this.ca = ca;
      this.stranger = ca.signClient("stranger");
    }

    Path directory() {
      return temp.resolve("certs");
    }

    Map<String, String> contents(Held held) {
      Map<String, String> contents = new LinkedHashMap<>();
      contents.put("client.crt", held.certificatePem());
      contents.put("client.key", held.keyPem());
      contents.put("ca.crt", ca.certificatePem());
      return contents;
    }

    void write(String name, String text) throws IOException {
      java.nio.file.Files.writeString(directory().resolve(name), text);
    }

    void writeAll(Path to, Held held) throws IOException {
      for (Map.Entry<String, String> file : contents(held).entrySet()) {
        java.nio.file.Files.writeString(to.resolve(file.getKey()), file.getValue());
      }
    }

    void rename(String name, String text) throws IOException {
      Path next = java.nio.file.Files.writeString(temp.resolve("next"), text);
      java.nio.file.Files.move(next, directory().resolve(name), ATOMIC_MOVE);
    }

    /** A new directory with the files. */
    Path version(Held held) throws IOException {
      Path version = temp.resolve("..version-" + versions++);
      writeAll(java.nio.file.Files.createDirectory(version), held);
      return version;
    }

    /** In one step. */
    void link(Path from, Path to) throws IOException {
      Path next = java.nio.file.Files.createSymbolicLink(temp.resolve("next-link"), to);
      java.nio.file.Files.move(next, from, ATOMIC_MOVE);
    }
  }
}
