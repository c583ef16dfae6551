package io.maskwire.input;

import org.jspecify.annotations.Nullable;

/** One component of a JPEG frame: its coefficients in blocks of 64, and later its samples. */
final class JpegComponent {
  static final int BLOCK = 64;

  private final int id;
  private final int horizontal;
  private final int vertical;
  private final int quantizer;
  private int width;
  private int height;
  private int blocksAcross;
  private short[] coefficients = {};
  private int @Nullable [] steps;
  private boolean seen;

  /** As the frame header has it: identifier, sampling factors, number of the quantization table. */
  JpegComponent(int id, int horizontal, int vertical, int quantizer) {
    this.id = id;
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.quantizer = quantizer;
  }

  /** Sets its own size in samples and makes room for whole blocks of all MCUs. */
  void allocate(int ownWidth, int ownHeight, int mcusAcross, int mcusDown) {
    width = ownWidth;
    height = ownHeight;
    blocksAcross = mcusAcross * horizontal;
    coefficients = new short[blocksAcross * mcusDown * vertical * BLOCK];
  }

  int id() {
    return id;
  }

  int horizontal() {
    return horizontal;
  }

  int vertical() {
    return vertical;
  }

  int quantizer() {
    return quantizer;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int blocksAcross() {
    return blocksAcross;
  }

  /** The array itself: blocks in rows, each in rows of 8. */
  short[] coefficients() {
    return coefficients;
  }

  /** Where the block at these coordinates starts. */
  int offset(int column, int row) {
    return (row * blocksAcross + column) * BLOCK;
  }

  /** The table counts as it is when the first scan of this component starts. */
  void startScan(int @Nullable [] table) {
    if (steps == null) {
      steps = table;
    }
    seen = true;
  }

  boolean isSeen() {
    return seen;
  }

  int @Nullable [] steps() {
    return steps;
  }
}
