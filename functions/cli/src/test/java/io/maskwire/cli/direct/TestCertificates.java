package io.maskwire.cli.direct;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate authority for tests, made by the JDK's {@code keytool}, whose certificates and keys
 * lie in PEM files. Usable from any module's tests and from a main method.
 */
public final class TestCertificates {
  /** Protects throw-away files only. */
  private static final String PASSWORD = "test-only";

  private static final String LOOPBACK_NAMES = "SAN=dns:localhost,ip:127.0.0.1,ip:::1";

  private final Path directory;
  private final Path store;

  /**
   * A party's files.
   *
   * @param certificate the chain, the party's own first, the authority last
   * @param key PKCS#8, readable by this user alone
   * @param authority the certificate of the issuing authority
   */
  public record Pem(Path certificate, Path key, Path authority) {
    /** The same party, trusting another authority. */
    public Pem trusting(Path other) {
      return new Pem(certificate, key, other);
    }
  }

  private TestCertificates(Path directory) {
    this.directory = directory;
    this.store = directory.resolve("store.p12");
  }

  /** A new authority, all of whose files lie in {@code directory}. */
  public static TestCertificates in(Path directory) {
    return in(directory, "authority");
  }

  /** As {@link #in(Path)}, whose common name is {@code name}. */
  public static TestCertificates in(Path directory, String name) {
    try {
      TestCertificates certificates = new TestCertificates(Files.createDirectories(directory));
      // Older than any expired certificate below it.
      certificates.generate(
          "authority",
          name,
          "-startdate",
          "-10d",
          "-validity",
          "40",
          "-ext",
          "bc:c=ca:true",
          "-ext",
          "ku:c=keyCertSign");
      certificates.writeCertificates("authority", certificates.authority());
      return certificates;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The authority's certificate. */
  public Path authority() {
    return directory.resolve("authority.pem");
  }

  /**
   * A certificate with the common name {@code name}, for the loopback addresses, valid for a month.
   */
  public Pem party(String name) {
    return issue(name, "-ext", LOOPBACK_NAMES);
  }

  /** As {@link #party}, but valid from two days ago until yesterday. */
  public Pem expired(String name) {
    return issue(name, "-startdate", "-2d", "-validity", "1", "-ext", LOOPBACK_NAMES);
  }

  /** A certificate with further options of {@code keytool -genkeypair}. */
  public Pem issue(String name, String... options) {
    return issueFrom("authority", name, options);
  }

  /** As {@link #issue}, signed by {@code signer}, which was issued before. */
  public Pem issueFrom(String signer, String name, String... options) {
    List<String> all = new ArrayList<>(List.of("-signer", signer));
    all.addAll(List.of(options));
    generate(name, name, all.toArray(String[]::new));
    Pem pem =
        new Pem(directory.resolve(name + ".pem"), directory.resolve(name + ".key"), authority());
    writeCertificates(name, pem.certificate());
    writeKey(name, pem.key());
    return pem;
  }

  private void generate(String alias, String commonName, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-dname",
                "CN=" + commonName + ",O=maskwire tests"));
    List<String> given = List.of(options);
    command.addAll(given);
    addDefault(command, given, "-keyalg", "EC");
    addDefault(command, given, "-validity", "30");
    run(command);
  }

  private static void addDefault(
      List<String> command, List<String> given, String option, String value) {
    if (!given.contains(option)) {
      command.add(option);
      command.add(value);
    }
  }

  private void run(List<String> command) {
    Path output = directory.resolve("keytool.log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("keytool hangs");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException("keytool failed: " + Files.readString(output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while keytool ran", e);
    }
  }

  private void writeCertificates(String alias, Path file) {
    try {
      StringBuilder pem = new StringBuilder();
      for (Certificate certificate : load().getCertificateChain(alias)) {
        pem.append(block("CERTIFICATE", certificate.getEncoded()));
      }
      Files.writeString(file, pem);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void writeKey(String alias, Path file) {
    try {
      Key key = load().getKey(alias, PASSWORD.toCharArray());
      if (key == null) {
        throw new IllegalStateException("no key for " + alias);
      }
      Files.writeString(file, block("PRIVATE KEY", key.getEncoded()));
      var permissions = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (permissions != null) {
        permissions.setPermissions(PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  private static String block(String label, byte[] encoded) {
    byte[] newline = {'\n'};
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label,
            new String(
                Base64.getMimeEncoder(64, newline).encode(encoded), StandardCharsets.US_ASCII),
            label);
  }
}
