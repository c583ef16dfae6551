package io.maskwire.cli.demo;

import java.util.SplittableRandom;

/**
 * What all maps of one person share: how this head deviates from the template, and how good the
 * recording was.
 *
 * @param scale stretch per axis
 * @param offset displacement per axis in millimetres
 * @param phase where each axis's smooth warp starts
 * @param gain of the activations
 * @param noise of the recording
 */
record Subject(Axes scale, Axes offset, Axes phase, double gain, double noise) {

  private static final double WARP_MILLIMETRES = 3;
  private static final double WARP_WAVELENGTH = 110;

  /** One number per axis. */
  record Axes(double x, double y, double z) {

    static Axes draw(SplittableRandom random, double mean, double deviation) {
      return new Axes(
          mean + deviation * SmoothField.bell(random),
          mean + deviation * SmoothField.bell(random),
          mean + deviation * SmoothField.bell(random));
    }
  }

  static Subject draw(SplittableRandom random) {
    return new Subject(
        Axes.draw(random, 1, 0.03),
        Axes.draw(random, 0, 2),
        Axes.draw(random, 0, 3),
        random.nextDouble(0.75, 1.25),
        random.nextDouble(0.8, 1.2));
  }

  /**
   * Where a point of the template lies in this head: stretched, moved, and bent by one slow wave
   * per axis.
   */
  Axes place(Blob blob) {
    return new Axes(
        blob.x() * scale.x() + offset.x() + wave(blob.y(), phase.x()),
        blob.y() * scale.y() + offset.y() + wave(blob.z(), phase.y()),
        blob.z() * scale.z() + offset.z() + wave(blob.x(), phase.z()));
  }

  private static double wave(double along, double phase) {
    return WARP_MILLIMETRES * StrictMath.sin(2 * StrictMath.PI * along / WARP_WAVELENGTH + phase);
  }
}
