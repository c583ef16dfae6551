package io.maskwire.cli.demo;

/**
 * One smooth activation peak of a network, in millimetres of the MNI frame (x to the right, y to
 * the front, z up).
 *
 * @param sigma standard deviation of the Gaussian, in millimetres
 * @param weight peak height relative to the network's other peaks
 */
record Blob(double x, double y, double z, double sigma, double weight) {

  Blob {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("a blob's sigma must be positive: " + sigma);
    }
  }
}
