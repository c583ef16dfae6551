package io.maskwire.exchange.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file (RFC 7468). Text around blocks is skipped, as openssl writes it.
 *
 * @param source where it is from, for messages
 * @param blocks in order
 */
public record PemFile(String source, List<Block> blocks) {
  /** Far more than any chain; keeps a wrong file name from filling memory. */
  private static final int MAXIMUM_BYTES = 1 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /**
   * One block.
   *
   * @param label such as {@code CERTIFICATE}
   * @param base64 the text between the markers
   */
  public record Block(String label, String base64) {
    private byte[] decode(String source) {
      try {
        return Base64.getMimeDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("%s: damaged %s block".formatted(source, label), e);
      }
    }

    /** Says nothing of the content, which may be a private key. */
    @Override
    public String toString() {
      return label;
    }
  }

  public PemFile {
    blocks = List.copyOf(blocks);
  }

  /**
   * Reads a file.
   *
   * @param purpose what it is for, for messages
   * @throws IllegalArgumentException if it cannot be read or holds no block
   */
  public static PemFile read(Path file, String purpose) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAXIMUM_BYTES + 1);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the %s file %s: %s".formatted(purpose, file, e), e);
    }
    String text =
        bytes.length > MAXIMUM_BYTES ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    Arrays.fill(bytes, (byte) 0);
    return parse(text, file.toString(), purpose);
  }

  /**
   * Reads text.
   *
   * @param source where it is from, for messages
   * @param purpose what it is for, for messages
   * @throws IllegalArgumentException if it holds no block
   */
  public static PemFile parse(String text, String source, String purpose) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is no PEM file; the %s file has a line -----BEGIN ...-----"
              .formatted(source, purpose));
    }
    return new PemFile(source, blocks);
  }

  /**
   * All certificates.
   *
   * @throws IllegalArgumentException if there is none, or one is damaged
   */
  public List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(parseCertificate(block.decode(source)));
      }
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds no CERTIFICATE, only %s".formatted(source, blocks));
    }
    return certificates;
  }

  private X509Certificate parseCertificate(byte[] encoded) {
    try {
      var parsed =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
      return (X509Certificate) parsed;
    } catch (CertificateException e) {
      throw new IllegalArgumentException(source + ": damaged certificate: " + e.getMessage(), e);
    }
  }

  /**
   * The PKCS#8 encoding of the one private key; the caller wipes it.
   *
   * @throws IllegalArgumentException if there is none, or more than one, or it is encrypted
   */
  public byte[] privateKey() {
    List<Block> keys = blocks.stream().filter(b -> b.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          "%s holds %d private keys, one is needed; found %s"
              .formatted(source, keys.size(), blocks));
    }
    String label = keys.getFirst().label();
    if (!label.equals("PRIVATE KEY")) {
      throw new IllegalArgumentException(
          ("%s holds an '%s'; an unencrypted PKCS#8 'PRIVATE KEY' is needed: "
                  + "openssl pkcs8 -topk8 -nocrypt -in %s")
              .formatted(source, label, source));
    }
    return keys.getFirst().decode(source);
  }
}
