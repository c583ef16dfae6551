package io.maskwire.input;

/** Names of the transfer syntaxes that are refused (PS3.6 table A-1). */
final class DicomTransferSyntax {
  private DicomTransferSyntax() {}

  /** The name and number of {@code uid}. */
  static String describe(String uid) {
    String name =
        switch (uid) {
          case "1.2.840.10008.1.2.1.99" -> "Deflated Explicit VR Little Endian";
          case "1.2.840.10008.1.2.4.50" -> "JPEG Baseline";
          case "1.2.840.10008.1.2.4.51" -> "JPEG Extended";
          case "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70" -> "JPEG Lossless";
          case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81" -> "JPEG-LS";
          case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91" -> "JPEG 2000";
          case "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101" -> "MPEG-2";
          case "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.103" -> "MPEG-4 AVC";
          case "1.2.840.10008.1.2.4.107", "1.2.840.10008.1.2.4.108" -> "HEVC";
          case "1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.4.111", "1.2.840.10008.1.2.4.112" ->
              "JPEG XL";
          case "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203" ->
              "High-Throughput JPEG 2000";
          case "1.2.840.10008.1.2.5" -> "RLE Lossless";
          default -> "of unknown name";
        };
    String number = uid.replaceAll("[^0-9.]", "?");
    return name + " (" + (number.length() > 64 ? number.substring(0, 64) : number) + ")";
  }
}
