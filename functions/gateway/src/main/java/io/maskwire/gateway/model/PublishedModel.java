package io.maskwire.gateway.model;

import io.maskwire.exchange.ModelVersionName;
import java.time.Instant;
import java.util.List;

/**
 * A version of a model that sessions can be opened for.
 *
 * @param name model and version
 * @param program hexadecimal id of its program
 * @param rounds messages that each party sends
 * @param inputBytes length of a sealed input
 * @param labels names of the classes, empty if it has none
 * @param published when
 */
public record PublishedModel(
    ModelVersionName name,
    String program,
    int rounds,
    int inputBytes,
    List<String> labels,
    Instant published) {
  public PublishedModel {
    labels = List.copyOf(labels);
  }
}
