package io.maskwire.input;

import io.maskwire.crypto.ring.FloatTensor;
import java.util.List;

/**
 * A file as a model input.
 *
 * @param tensor finite values in the model's shape
 * @param warnings what the user should hear before relying on the result
 */
public record ReadInput(FloatTensor tensor, List<InputWarning> warnings) {
  /** Copies the list. */
  public ReadInput {
    warnings = List.copyOf(warnings);
  }
}
