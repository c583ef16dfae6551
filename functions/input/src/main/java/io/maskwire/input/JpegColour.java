package io.maskwire.input;

/**
 * What the components of a JPEG mean, as libjpeg judges it (jdapimin.c), and how they become gray
 * or red, green and blue: libjpeg's integers (jdcolor.c) for YCbCr, products for CMYK.
 */
enum JpegColour {
  CMYK,
  GRAY,
  INVERTED_CMYK,
  INVERTED_YCCK,
  RGB,
  YCBCR;

  private static final int HALF = 1 << 15;

  /**
   * Judges by the markers, else by the identifiers of the components.
   *
   * @param jfif whether there is a JFIF segment
   * @param adobe the transform of an Adobe segment, -1 without one
   */
  static JpegColour of(JpegFrame frame, boolean jfif, int adobe) {
    return switch (frame.components().size()) {
      case 1 -> GRAY;
      case 3 -> {
        boolean named = isNamed(frame, 'R', 'G', 'B');
        yield !jfif && (adobe == 0 || (adobe < 0 && named)) ? RGB : YCBCR;
      }
      default -> adobe < 0 ? CMYK : adobe == 0 ? INVERTED_CMYK : INVERTED_YCCK;
    };
  }

  private static boolean isNamed(JpegFrame frame, int... ids) {
    for (int i = 0; i < ids.length; i++) {
      if (frame.components().get(i).id() != ids[i]) {
        return false;
      }
    }
    return true;
  }

  int channels() {
    return this == GRAY ? 1 : 3;
  }

  /**
   * One pixel.
   *
   * @param rows the components' samples
   * @param x which of each
   * @param target gets {@link #channels} values from {@code at} on
   */
  void convert(int[][] rows, int x, double[] target, int at) {
    switch (this) {
      case GRAY -> target[at] = rows[0][x];
      case RGB -> {
        for (int channel = 0; channel < 3; channel++) {
          target[at + channel] = rows[channel][x];
        }
      }
      case YCBCR -> {
        for (int channel = 0; channel < 3; channel++) {
          target[at + channel] = fromYcc(channel, rows[0][x], rows[1][x], rows[2][x]);
        }
      }
      case CMYK -> {
        for (int channel = 0; channel < 3; channel++) {
          target[at + channel] = product(255 - rows[channel][x], 255 - rows[3][x]);
        }
      }
      case INVERTED_CMYK -> {
        for (int channel = 0; channel < 3; channel++) {
          target[at + channel] = product(rows[channel][x], rows[3][x]);
        }
      }
      case INVERTED_YCCK -> {
        for (int channel = 0; channel < 3; channel++) {
          int inverted = 255 - fromYcc(channel, rows[0][x], rows[1][x], rows[2][x]);
          target[at + channel] = product(inverted, rows[3][x]);
        }
      }
    }
  }

  private static int fromYcc(int channel, int y, int blue, int red) {
    int cb = blue - 128;
    int cr = red - 128;
    int added =
        switch (channel) {
          case 0 -> 91881 * cr + HALF;
          case 1 -> -22554 * cb - 46802 * cr + HALF;
          default -> 116130 * cb + HALF;
        };
    return Math.clamp(y + (added >> 16), 0, 255);
  }

  /** The product of two parts of 255, rounded to the nearest. */
  private static int product(int first, int second) {
    return (first * second + 127) / 255;
  }
}
