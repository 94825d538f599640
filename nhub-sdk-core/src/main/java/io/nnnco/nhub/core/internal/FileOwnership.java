package io.nnnco.nhub.core.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The owner of a file or directory, and who can write to it; for a link, those of the link itself.
 */
record FileOwnership(
    Path path,
    UserPrincipal owner,
    GroupPrincipal group,
    Set<PosixFilePermission> permissions,
    boolean root,
    boolean sticky) {
  private static final int STICKY = 01000;

  static FileOwnership of(Path path) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
    return new FileOwnership(
        path,
        attributes.owner(),
        attributes.group(),
        attributes.permissions(),
        unix && unix(path, "uid") == 0,
        unix && (unix(path, "mode") & STICKY) != 0);
  }

  private static int unix(Path path, String attribute) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * A user's private group, which has the user's name and no other member, does not count as
   * another.
   */
  boolean othersCanWrite() {
    return permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || (permissions.contains(PosixFilePermission.GROUP_WRITE)
            && !group.getName().equals(owner.getName()));
  }

  void requireOurs() throws UntrustedFileException {
    UserPrincipal self = self();
    if (!root && !owner.equals(self)) {
      String user = self == null ? "this program's user" : self.getName();
      throw refused(
          "it belongs neither to " + user + " nor to root",
          "if it is yours, chown it; where owners mean nothing, -D"
              + FileTrust.TRUSTED
              + "=<its directory>");
    }
  }

  UntrustedFileException refused(String why, String fix) {
    return new UntrustedFileException(
        path,
        path
            + " is not used, because "
            + why
            + " (owner "
            + owner.getName()
            + ", group "
            + group.getName()
            + ", permissions "
            + PosixFilePermissions.toString(permissions)
            + "): "
            + fix);
  }

  /** Linux gives a process's user id even if the user has no name, as in many containers. */
  private static @Nullable UserPrincipal self() {
    try {
      return Files.getOwner(Path.of("/proc/self"));
    } catch (IOException e) {
      return named(System.getProperty("user.name", ""));
    }
  }

  private static @Nullable UserPrincipal named(String user) {
    try {
      return Path.of("")
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(user);
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }
}
