package io.maskwire.input;

/**
 * The inverse cosine transform of libjpeg's default method (jidctint.c, after Loeffler, Ligtenberg
 * and Moschytz 1989) in integers: 13 bits of the constants, 2 more bits between the passes.
 */
final class JpegTransform {
  private static final int CONSTANT_BITS = 13;
  private static final int PASS_BITS = 2;
  private static final int C_0_298631336 = 2446;
  private static final int C_0_390180644 = 3196;
  private static final int C_0_541196100 = 4433;
  private static final int C_0_765366865 = 6270;
  private static final int C_0_899976223 = 7373;
  private static final int C_1_175875602 = 9633;
  private static final int C_1_501321110 = 12299;
  private static final int C_1_847759065 = 15137;
  private static final int C_1_961570560 = 16069;
  private static final int C_2_053119869 = 16819;
  private static final int C_2_562915447 = 20995;
  private static final int C_3_072711026 = 25172;

  private JpegTransform() {}

  /** The samples of {@code component} in rows of {@code 8 * blocksAcross}, 0 to 255 as bytes. */
  static byte[] samples(JpegComponent component, int[] steps) {
    short[] coefficients = component.coefficients();
    byte[] samples = new byte[coefficients.length];
    int stride = 8 * component.blocksAcross();
    int[] block = new int[JpegComponent.BLOCK];
    for (int start = 0; start < coefficients.length; start += JpegComponent.BLOCK) {
      for (int i = 0; i < block.length; i++) {
        block[i] = coefficients[start + i] * steps[i];
      }
      for (int column = 0; column < 8; column++) {
        pass(block, column, 8, CONSTANT_BITS - PASS_BITS);
      }
      for (int row = 0; row < 8; row++) {
        pass(block, 8 * row, 1, CONSTANT_BITS + PASS_BITS + 3);
      }
      int index = start / JpegComponent.BLOCK;
      int target =
          index / component.blocksAcross() * 8 * stride + index % component.blocksAcross() * 8;
      for (int i = 0; i < block.length; i++) {
        samples[target + i / 8 * stride + i % 8] = (byte) Math.clamp(block[i] + 128, 0, 255);
      }
    }
    return samples;
  }

  /** Eight values, {@code step} apart, in place; the results lose {@code shift} bits, rounded. */
  private static void pass(int[] block, int at, int step, int shift) {
    int second = block[at + 2 * step];
    int sixth = block[at + 6 * step];
    int common = (second + sixth) * C_0_541196100;
    int even2 = common - sixth * C_1_847759065;
    int even3 = common + second * C_0_765366865;
    int even0 = (block[at] + block[at + 4 * step]) << CONSTANT_BITS;
    int even1 = (block[at] - block[at + 4 * step]) << CONSTANT_BITS;

    int odd0 = block[at + 7 * step];
    int odd1 = block[at + 5 * step];
    int odd2 = block[at + 3 * step];
    int odd3 = block[at + step];
    int all = (odd0 + odd2 + odd1 + odd3) * C_1_175875602;
    int z1 = -(odd0 + odd3) * C_0_899976223;
    int z2 = -(odd1 + odd2) * C_2_562915447;
    int z3 = all - (odd0 + odd2) * C_1_961570560;
    int z4 = all - (odd1 + odd3) * C_0_390180644;
    odd0 = odd0 * C_0_298631336 + z1 + z3;
    odd1 = odd1 * C_2_053119869 + z2 + z4;
    odd2 = odd2 * C_3_072711026 + z2 + z3;
    odd3 = odd3 * C_1_501321110 + z1 + z4;

    int half = 1 << (shift - 1);
    block[at] = (even0 + even3 + odd3 + half) >> shift;
    block[at + 7 * step] = (even0 + even3 - odd3 + half) >> shift;
    block[at + step] = (even1 + even2 + odd2 + half) >> shift;
    block[at + 6 * step] = (even1 + even2 - odd2 + half) >> shift;
    block[at + 2 * step] = (even1 - even2 + odd1 + half) >> shift;
    block[at + 5 * step] = (even1 - even2 - odd1 + half) >> shift;
    block[at + 3 * step] = (even0 - even3 + odd0 + half) >> shift;
    block[at + 4 * step] = (even0 - even3 - odd0 + half) >> shift;
  }
}
