package io.maskwire.input;

import java.util.List;

/** What a DICOM object without pixels is (PS3.4 section B.5, PS3.6 table A-1). */
final class DicomObject {
  private static final int MEDIA_STORAGE_CLASS = 0x00020002;
  private static final int SOP_CLASS = 0x00080016;
  private static final int MODALITY = 0x00080060;
  private static final int FLOAT_PIXEL_DATA = 0x7fe00008;
  private static final int DOUBLE_FLOAT_PIXEL_DATA = 0x7fe00009;
  private static final int PIXEL_DATA_URL = 0x00287fe0;
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  private DicomObject() {}

  /** The refusal of a data set without Pixel Data. */
  static InputException withoutImage(String name, DicomDataset dataset) {
    if (dataset.has(FLOAT_PIXEL_DATA) || dataset.has(DOUBLE_FLOAT_PIXEL_DATA)) {
      return new InputException(
          name, "pixels in floating point are not read; convert it to NIfTI or npy");
    }
    if (dataset.has(PIXEL_DATA_URL)) {
      return new InputException(
          name, "holds no image: its pixels are on a server; export it with Pixel Data");
    }
    String uid = first(dataset, SOP_CLASS);
    String kind = kind(uid.isEmpty() ? first(dataset, MEDIA_STORAGE_CLASS) : uid);
    String modality = first(dataset, MODALITY).replaceAll("[^A-Z0-9_ ]", "?");
    String about = modality.isEmpty() ? "" : ", Modality " + shortened(modality);
    return new InputException(
        name,
        "this DICOM object ("
            + kind
            + about
            + ") holds no image: Pixel Data (7fe0,0010) is missing; give an image of the study");
  }

  private static String first(DicomDataset dataset, int tag) {
    List<String> values = dataset.texts(tag);
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static String kind(String uid) {
    if (uid.equals("1.2.840.10008.1.3.10")) {
      return "DICOMDIR, an index of files";
    }
    if (!uid.startsWith(STORAGE)) {
      return uid.isEmpty()
          ? "of no SOP class"
          : "SOP class " + shortened(uid.replaceAll("[^0-9.]", "?"));
    }
    String number = uid.substring(STORAGE.length());
    return switch (number) {
      case "4.2" -> "MR spectroscopy";
      case "66" -> "raw data";
      case "66.1", "66.3" -> "registration";
      case "66.2" -> "fiducials";
      case "66.5", "68.1", "68.2" -> "surface";
      case "67" -> "real-world value mapping";
      case "88.59" -> "key object selection";
      case "104.1" -> "encapsulated PDF";
      case "104.2" -> "encapsulated CDA document";
      case "104.3", "104.4", "104.5" -> "encapsulated 3D model";
      case "481.3" -> "RT structure set";
      case "481.5" -> "RT plan";
      case "481.8" -> "RT ion plan";
      case "481.4", "481.6", "481.7", "481.9" -> "RT treatment record";
      default -> kindOfFamily(number);
    };
  }

  private static String kindOfFamily(String number) {
    int dot = number.indexOf('.');
    return switch (dot < 0 ? number : number.substring(0, dot)) {
      case "9" -> "waveform";
      case "11" -> "presentation state";
      case "88" -> "structured report, SR";
      case "481" -> "radiotherapy object";
      default -> "SOP class " + shortened((STORAGE + number).replaceAll("[^0-9.]", "?"));
    };
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), 64));
  }
}
