package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * One frame of an uncompressed DICOM image as a picture. RGB has samples 0 to 255; gray images go
 * through the rescale of the modality and a window to 0 to 255 ({@link DicomWindow}), with
 * MONOCHROME1 turned so that more is always brighter.
 */
final class DicomDecoder {
  private static final int MODALITY_LUT = 0x00283000;
  private static final int PER_FRAME_GROUPS = 0x52009230;

  /** Image pixel module, PS3.3 section C.7.6.3. */
  private record Layout(
      int rows, int columns, int channels, int allocated, int stored, boolean signed) {

    int samples() {
      return rows * columns * channels;
    }

    int bytesPerSample() {
      return allocated / 8;
    }

    DicomWindow.Range range() {
      return new DicomWindow.Range(
          signed ? -Math.scalb(1.0, stored - 1) : 0,
          Math.scalb(1.0, signed ? stored - 1 : stored) - 1);
    }

    /** The number in the lowest {@code bits} of {@code raw}: those above may hold overlays. */
    int extend(int raw, int bits) {
      int unused = 32 - bits;
      return signed ? raw << unused >> unused : raw << unused >>> unused;
    }
  }

  private DicomDecoder() {}

  /**
   * The picture [rows, columns, 1 or 3] in {@code bytes}.
   *
   * @param frame counted from 0; empty is only right for files of one frame
   * @param window how gray values become 0 to 255
   */
  static Samples decode(String name, byte[] bytes, OptionalInt frame, Preprocess.Window window) {
    DicomDataset dataset = DicomDataset.parse(name, bytes);
    if (dataset.hasValue(MODALITY_LUT) || dataset.has(PER_FRAME_GROUPS)) {
      throw new InputException(
          name, "tables and enhanced multi-frame images are not read; convert it to NIfTI or PNG");
    }
    String photometric = dataset.text(0x00280004, "Photometric Interpretation");
    Layout layout = layout(name, dataset, photometric);
    int frames = frames(name, dataset);
    int index = Frames.choose(name, frames, frame);
    double[] values = new double[layout.samples()];
    BitSet padding = readPixels(dataset, layout, frames, index, values);
    if (layout.channels() == 1) {
      DicomWindow.of(name, dataset, window)
          .apply(values, padding, layout.range(), photometric.equals("MONOCHROME1"));
    }
    Shape shape = Shape.of(layout.rows(), layout.columns(), layout.channels());
    return new Samples(InputKind.IMAGE, shape, values);
  }

  private static Layout layout(String name, DicomDataset dataset, String photometric) {
    int channels = dataset.number(0x00280002, "Samples per Pixel");
    int expected =
        switch (photometric) {
          case "MONOCHROME1", "MONOCHROME2" -> 1;
          case "RGB" -> 3;
          default ->
              throw new InputException(
                  name,
                  "Photometric Interpretation '"
                      + photometric.replaceAll("[^A-Z0-9_ ]", "?")
                      + "' is not read, only MONOCHROME1, MONOCHROME2 and RGB; convert it to PNG");
        };
    int allocated = dataset.number(0x00280100, "Bits Allocated");
    int stored = dataset.number(0x00280101, "Bits Stored");
    int highBit = dataset.number(0x00280102, "High Bit");
    int signed = dataset.number(0x00280103, "Pixel Representation");
    boolean known = allocated == 8 || (allocated == 16 && channels == 1);
    if (channels != expected
        || !known
        || stored < 1
        || stored > allocated
        || highBit != stored - 1
        || signed > 1
        || (channels == 3 && (stored != 8 || signed != 0))) {
      throw new InputException(
          name,
          String.format(
              "pixel format not read: %s, Samples per Pixel %d, Bits Allocated %d, Bits Stored %d,"
                  + " High Bit %d, Pixel Representation %d; convert it to PNG or NIfTI",
              photometric, channels, allocated, stored, highBit, signed));
    }
    int rows = dataset.number(0x00280010, "Rows");
    int columns = dataset.number(0x00280011, "Columns");
    Samples.count(name, "an image of " + rows + "x" + columns, rows, columns, channels);
    return new Layout(rows, columns, channels, allocated, stored, signed == 1);
  }

  private static int frames(String name, DicomDataset dataset) {
    int tag = 0x00280008;
    String text = dataset.has(tag) ? dataset.text(tag, "Number of Frames") : "";
    if (!text.matches("|[0-9]{1,6}") || text.matches("0+")) {
      throw new InputException(name, "Number of Frames (0028,0008) is not a positive number");
    }
    return text.isEmpty() ? 1 : Integer.parseInt(text);
  }

  private static ByteBuffer pixelData(DicomDataset.Element element, long needed) {
    ByteSource source = element.value();
    // The value is padded to an even length.
    if (source.remaining() != needed && source.remaining() != needed + 1) {
      throw source.error(
          "Pixel Data has "
              + source.remaining()
              + " bytes, rows, columns and frames need "
              + needed
              + "; export it again");
    }
    return source.rest();
  }

  /** Puts the stored numbers into {@code values} and returns which of them are padding. */
  private static BitSet readPixels(
      DicomDataset dataset, Layout layout, int frames, int index, double[] values) {
    DicomDataset.Element element = dataset.element(DicomDataset.PIXEL_DATA, "Pixel Data");
    long frameBytes = (long) layout.samples() * layout.bytesPerSample();
    long needed = frames * frameBytes;
    ByteBuffer data = pixelData(element, needed);
    // 8-bit samples in 16-bit words: a big-endian file has the bytes of each word exchanged.
    boolean exchanged =
        data.order() == ByteOrder.BIG_ENDIAN
            && layout.allocated() == 8
            && element.representation().equals("OW")
            && needed % 2 == 0;
    boolean planar =
        layout.channels() == 3 && dataset.number(0x00280006, "Planar Configuration") == 1;
    DicomPadding padding = DicomPadding.of(dataset, layout.signed());
    int first = (int) (index * frameBytes);
    int pixels = layout.rows() * layout.columns();
    BitSet padded = new BitSet();
    for (int i = 0; i < values.length; i++) {
      int stored = planar ? (i % 3) * pixels + i / 3 : i;
      int position = first + stored * layout.bytesPerSample();
      int raw =
          layout.allocated() == 16
              ? data.getShort(position)
              : data.get(exchanged ? position ^ 1 : position);
      int value = layout.extend(raw, layout.stored());
      values[i] = value;
      if (padding.contains(value, layout.extend(raw, layout.allocated()))) {
        padded.set(i);
      }
    }
    return padded;
  }
}
