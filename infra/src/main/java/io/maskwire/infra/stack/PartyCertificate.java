package io.maskwire.infra.stack;

import io.maskwire.infra.kept.PrivateFiles;
import io.maskwire.infra.kept.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.List;

/** A self-signed certificate on P-256, made by the JDK's keytool. */
final class PartyCertificate {
  private static final String ALIAS = "party";
  private static final String PASSWORD_VARIABLE = "STORE_PASSWORD";

  private PartyCertificate() {}

  /** Makes a certificate and its private key (PKCS#8), both as PEM files. */
  static void make(String name, Path certificate, Path privateKey) {
    String password = Secrets.password();
    Path store = certificate.resolveSibling(certificate.getFileName() + ".p12");
    try {
      Files.deleteIfExists(store);
      generate(name, store, password);
      KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
      Key key = keys.getKey(ALIAS, password.toCharArray());
      if (key == null) {
        throw new IllegalStateException("keytool made no key in " + store);
      }
      PrivateFiles.write(privateKey, Pem.of("PRIVATE KEY", key.getEncoded()));
      PrivateFiles.write(
          certificate, Pem.of("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
      Files.delete(store);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the certificate " + certificate, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make the certificate " + certificate, e);
    }
  }

  private static void generate(String name, Path store, String password) throws IOException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass:env",
                PASSWORD_VARIABLE,
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-dname",
                "CN=" + name));
    keytool.environment().put(PASSWORD_VARIABLE, password);
    Process process = keytool.redirectErrorStream(true).start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while keytool ran", e);
    }
  }
}
