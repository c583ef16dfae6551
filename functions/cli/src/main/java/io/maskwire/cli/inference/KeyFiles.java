package io.maskwire.cli.inference;

import io.maskwire.crypto.execution.Dealer;
import io.maskwire.crypto.execution.KeySource;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.MaskSeeds;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** A session's key files in a folder, written and read as streams and ranges. */
public final class KeyFiles {
  /** Trees and hash key, for both parties. */
  public static final String COMMON = "common.bin";

  /** The user's mask seeds. */
  public static final String USER = "user.bin";

  private KeyFiles() {}

  /** Name of a party's own key file. */
  public static String of(Role role) {
    return "party" + role.index() + ".bin";
  }

  /** Where a session's files go: all in one folder, or one folder for each reader. */
  public record Places(Path common, Path party0, Path party1, Path user) {
    /** All files in {@code folder}. */
    public static Places in(Path folder) {
      return new Places(
          folder.resolve(COMMON),
          folder.resolve(of(Role.PARTY_0)),
          folder.resolve(of(Role.PARTY_1)),
          folder.resolve(USER));
    }
  }

  /** Deals one session into files that only this user can read. */
  public static MaskSeeds deal(Dealer dealer, SecureRandom random, Places places)
      throws IOException {
    try (OutputStream common = create(places.common());
        OutputStream party0 = create(places.party0());
        OutputStream party1 = create(places.party1());
        OutputStream user = create(places.user())) {
      MaskSeeds seeds =
          dealer.deal(Seed.randomRoot(random), new Dealer.Sinks(common, party0, party1));
      user.write(seeds.encode());
      return seeds;
    }
  }

  private static OutputStream create(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
    return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE), 1 << 16);
  }

  /** Writes a small secret that only this user can read; its bytes are on disk then. */
  static void writeSecret(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = create(file)) {
      out.write(bytes);
    }
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.force(true);
    }
  }

  /** A key file that is read by ranges and stays open until closed. */
  public static final class Source implements KeySource, AutoCloseable {
    private final FileChannel channel;

    private Source(FileChannel channel) {
      this.channel = channel;
    }

    /** Opens {@code file}. */
    public static Source open(Path file) throws IOException {
      return new Source(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public void read(long offset, int length, byte[] target) {
      try {
        if (offset < 0 || length > channel.size() - offset) {
          throw KeySource.cutShort(offset, length, channel.size());
        }
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, offset + buffer.position()) < 0) {
            throw KeySource.cutShort(offset, length, channel.size());
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("keys cannot be read: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
