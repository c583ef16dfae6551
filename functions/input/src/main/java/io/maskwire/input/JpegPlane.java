package io.maskwire.input;

/**
 * A component at the size of the picture: enlarged as libjpeg does by default (jdsample.c, "fancy
 * upsampling"), row by row.
 */
final class JpegPlane {
  private final byte[] samples;
  private final int stride;
  private final int width;
  private final int height;
  private final int across;
  private final int down;

  /** The samples of {@code component}, to be enlarged to those of {@code frame}. */
  JpegPlane(JpegFrame frame, JpegComponent component, int[] steps) {
    this.samples = JpegTransform.samples(component, steps);
    this.stride = 8 * component.blocksAcross();
    this.width = component.width();
    this.height = component.height();
    this.across = frame.horizontal() / component.horizontal();
    this.down = frame.vertical() / component.vertical();
  }

  /** Row {@code y} of the picture into {@code target}, whose length is the picture's width. */
  void readRow(int y, int[] target) {
    boolean wide = across == 2 && width > 2;
    if (down == 2 && (across == 1 || wide)) {
      blendRows(y, wide, target);
    } else if (down == 1 && wide) {
      for (int x = 0; x < target.length; x++) {
        int own = at(x / 2, y);
        int next = at(x / 2 + (x % 2 == 0 ? -1 : 1), y);
        target[x] = (3 * own + next + 1 + x % 2) >> 2;
      }
    } else {
      for (int x = 0; x < target.length; x++) {
        target[x] = at(x / across, y / down);
      }
    }
  }

  /** Three parts of the nearer row and one of the other; then, if {@code wide}, of columns. */
  private void blendRows(int y, boolean wide, int[] target) {
    int row = y / 2;
    int other = row + (y % 2 == 0 ? -1 : 1);
    for (int x = 0; x < target.length; x++) {
      if (wide) {
        int column = x / 2;
        int neighbour = column + (x % 2 == 0 ? -1 : 1);
        int own = 3 * at(column, row) + at(column, other);
        int next = 3 * at(neighbour, row) + at(neighbour, other);
        target[x] = (3 * own + next + 8 - x % 2) >> 4;
      } else {
        target[x] = (3 * at(x, row) + at(x, other) + 1 + y % 2) >> 2;
      }
    }
  }

  /** The sample at these coordinates, limited to those that are there. */
  private int at(int x, int y) {
    int column = Math.clamp(x, 0, width - 1);
    return samples[Math.clamp(y, 0, height - 1) * stride + column] & 0xff;
  }
}
