package io.maskwire.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The formats of files: by their name where its ending is known, else by their first bytes. */
enum InputFormat {
  DICOM,
  NIFTI,
  NPY,
  /** PNG and JPEG. */
  PICTURE,
  /** Has no mark of its own, so only its name tells. */
  TENSOR_PROTO;

  /** How many bytes of a file decide: the header of NIfTI-1 is the longest. */
  static final int HEAD_BYTES = 1024;

  private static final int NIFTI_1_MAGIC = 344;
  private static final int NIFTI_2_MAGIC = 4;

  /** By the ending of {@code name}, in any case of letters. */
  static Optional<InputFormat> ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".nii.gz")) {
      return Optional.of(NIFTI);
    }
    return switch (lower.substring(Math.max(lower.lastIndexOf('.'), 0))) {
      case ".dcm" -> Optional.of(DICOM);
      case ".nii" -> Optional.of(NIFTI);
      case ".npy" -> Optional.of(NPY);
      case ".png", ".jpg", ".jpeg" -> Optional.of(PICTURE);
      case ".pb" -> Optional.of(TENSOR_PROTO);
      default -> Optional.empty();
    };
  }

  /** By the first bytes, at most {@link #HEAD_BYTES} of them. */
  static Optional<InputFormat> ofContent(byte[] head) {
    if (startsWith(head, 0, "\u0089PNG\r\n\u001a\n") || startsWith(head, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(PICTURE);
    }
    if (startsWith(head, 0, "\u0093NUMPY")) {
      return Optional.of(NPY);
    }
    if (isNifti(startsWith(head, 0, "\u001f\u008b") ? decompressed(head) : head)) {
      return Optional.of(NIFTI);
    }
    return DicomStart.matches(head) ? Optional.of(DICOM) : Optional.empty();
  }

  /** Whether a file is a DICOMDIR, which stands in folders of images and lists them. */
  static boolean isIndex(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1).contains("1.2.840.10008.1.3.10\0");
  }

  private static boolean isNifti(byte[] head) {
    return startsWith(head, NIFTI_1_MAGIC, "n+1\0") || startsWith(head, NIFTI_2_MAGIC, "n+2\0");
  }

  private static byte[] decompressed(byte[] head) {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(head))) {
      return stream.readNBytes(NIFTI_1_MAGIC + 4);
    } catch (IOException e) {
      // Cut in the middle or not gzip: then it is no volume, as far as its head tells.
      return new byte[0];
    }
  }

  private static boolean startsWith(byte[] head, int at, String expected) {
    boolean equal = head.length >= at + expected.length();
    for (int i = 0; equal && i < expected.length(); i++) {
      equal = (head[at + i] & 0xff) == expected.charAt(i);
    }
    return equal;
  }
}
