package io.maskwire.cli.demo;

/** Told how far the making of the demo model is, by whichever thread does the work. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * Called at the start of a step and as it advances.
   *
   * @param step what is being done, for people to read
   * @param fraction of the whole work that is done, from 0 to 1, never falling
   */
  void advanced(String step, double fraction);

  /** A listener that ignores everything. */
  static ProgressListener silent() {
    return (step, fraction) -> {};
  }
}
