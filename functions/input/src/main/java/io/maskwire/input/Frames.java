package io.maskwire.input;

import java.util.OptionalInt;

/** Which of the frames of a file is meant. */
final class Frames {
  private Frames() {}

  /**
   * The declared frame, or the only one. Several frames without a declaration are refused: taking
   * the first would give a label for something the user may not have meant.
   */
  static int choose(String name, int frames, OptionalInt declared) {
    if (declared.isEmpty() && frames > 1) {
      throw new InputException(
          name,
          "has "
              + frames
              + " frames; say which one with 'frame: 0' to 'frame: "
              + (frames - 1)
              + "' in preprocess.yaml");
    }
    int frame = declared.orElse(0);
    if (frame >= frames) {
      throw new InputException(
          name, "frame " + frame + " was asked for, the file has " + frames + " (counted from 0)");
    }
    return frame;
  }
}
