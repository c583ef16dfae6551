package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What came of one input: a report, or why there is none. */
sealed interface InputOutcome permits InferenceReport, RefusedInput {
  /** Name of the input. */
  String input();

  /** The object that scripts rely on. */
  ObjectNode toJson();
}
