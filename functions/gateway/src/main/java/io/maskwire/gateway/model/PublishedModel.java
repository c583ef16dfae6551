package io.maskwire.gateway.model;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.SampleName;
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
 * @param presentation what the owner shows of it
 */
public record PublishedModel(
    ModelVersionName name,
    String program,
    int rounds,
    int inputBytes,
    List<String> labels,
    Instant published,
    Presentation presentation) {

  /**
   * What an owner shows of a version.
   *
   * @param description empty if the owner says nothing
   * @param samples files to try it with
   */
  public record Presentation(String description, List<Sample> samples) {
    public Presentation {
      samples = List.copyOf(samples);
    }
  }

  /**
   * A public file to try a version with.
   *
   * @param name of the file
   * @param bytes its size
   */
  public record Sample(SampleName name, long bytes) {}

  public PublishedModel {
    labels = List.copyOf(labels);
  }
}
