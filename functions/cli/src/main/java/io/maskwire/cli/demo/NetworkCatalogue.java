package io.maskwire.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The 58 networks of the demo. Centres are round MNI coordinates of well-known regions, good to a
 * centimetre: enough for maps that look right, and no atlas. Neighbours are near on purpose, since
 * telling them apart is what makes the task worth learning.
 */
final class NetworkCatalogue {

  private NetworkCatalogue() {}

  static List<RestingStateNetwork> networks() {
    return Stream.of(
            defaultMode(),
            visual(),
            motor(),
            hearingAndLanguage(),
            control(),
            salience(),
            frontal(),
            deep(),
            cerebellum())
        .flatMap(List::stream)
        .toList();
  }

  private static List<RestingStateNetwork> defaultMode() {
    return List.of(
        network("Default mode, precuneus", middle(-62, 40, 10)),
        network("Default mode, posterior cingulate", middle(-46, 26, 9)),
        network("Default mode, medial prefrontal", middle(54, 6, 10)),
        network("Default mode, dorsomedial prefrontal", middle(46, 36, 10)),
        network("Default mode, angular gyri", both(48, -64, 32, 9), minor(0, -54, 30, 8)),
        network("Default mode, retrosplenial", both(12, -54, 10, 7)),
        network("Default mode, parahippocampal", both(24, -38, -12, 7)),
        network("Default mode, lateral temporal", both(58, -14, -16, 9)));
  }

  private static List<RestingStateNetwork> visual() {
    return List.of(
        network("Visual, primary", both(8, -84, 4, 9)),
        network("Visual, occipital pole", both(18, -94, -2, 8)),
        network("Visual, lingual", both(12, -70, -6, 8)),
        network("Visual, cuneus", both(6, -80, 26, 8)),
        network("Visual, lateral occipital", both(40, -76, 4, 9)),
        network("Visual, dorsal stream", both(26, -80, 30, 8)),
        network("Visual, fusiform", both(36, -54, -18, 8)));
  }

  /** The cortex moves the other side's hand, the cerebellum its own side's. */
  private static List<RestingStateNetwork> motor() {
    return List.of(
        network("Motor, right hand", one(-40, -24, 54, 9), minor(20, -52, -22, 7)),
        network("Motor, left hand", one(40, -24, 54, 9), minor(-20, -52, -22, 7)),
        network("Motor, face", both(54, -8, 32, 8)),
        network("Motor, foot", both(6, -32, 64, 8)),
        network("Motor, supplementary area", middle(-2, 60, 9)),
        network("Motor, premotor", both(44, 0, 46, 8)),
        network("Somatosensory, secondary", both(54, -24, 20, 8)),
        network("Somatosensory, superior", both(24, -44, 62, 8)));
  }

  private static List<RestingStateNetwork> hearingAndLanguage() {
    return List.of(
        network("Auditory, primary", both(48, -22, 8, 8)),
        network("Auditory, superior temporal", both(58, -36, 10, 9)),
        network("Temporal poles", both(40, 12, -26, 9)),
        network("Language, left inferior frontal", one(-50, 22, 12, 9), minor(-54, -44, 4, 8)),
        network("Language, left posterior temporal", one(-56, -46, 14, 9), minor(-48, 26, 4, 8)),
        network("Right inferior frontal", one(50, 22, 12, 9), minor(48, 30, -6, 8)));
  }

  private static List<RestingStateNetwork> control() {
    return List.of(
        network(
            "Fronto-parietal, left",
            one(-44, 32, 26, 10),
            one(-44, -56, 46, 10),
            minor(-56, -46, -8, 8)),
        network(
            "Fronto-parietal, right",
            one(44, 32, 26, 10),
            one(44, -56, 46, 10),
            minor(56, -46, -8, 8)),
        network("Control, dorsolateral prefrontal", both(36, 42, 28, 9)),
        network("Control, inferior frontal junction", both(44, 10, 30, 8)),
        network("Control, inferior parietal", both(46, -48, 46, 9)),
        network("Dorsal attention, intraparietal", both(28, -58, 50, 9)),
        network("Dorsal attention, frontal eye fields", both(26, -4, 54, 8)),
        network("Dorsal attention, middle temporal", both(48, -62, -4, 8)),
        network("Ventral attention, right", one(56, -44, 26, 9), minor(44, 20, -4, 8)));
  }

  private static List<RestingStateNetwork> salience() {
    return List.of(
        network("Salience, anterior insula", both(36, 20, -2, 8), minor(0, 24, 34, 8)),
        network("Salience, anterior cingulate", middle(26, 28, 9)),
        network("Cingulo-opercular", both(50, 6, 4, 8), minor(0, 14, 46, 8)),
        network("Middle cingulate", middle(-12, 42, 9)),
        network("Posterior insula", both(40, -8, 4, 8)),
        network("Supramarginal", both(58, -32, 36, 9)));
  }

  private static List<RestingStateNetwork> frontal() {
    return List.of(
        network("Superior frontal", both(22, 28, 48, 9)),
        network("Frontal poles", both(28, 56, 6, 9)),
        network("Orbitofrontal", both(26, 34, -14, 8)),
        network("Ventromedial prefrontal", middle(34, -12, 9)));
  }

  private static List<RestingStateNetwork> deep() {
    return List.of(
        network("Hippocampus", both(28, -20, -14, 7)),
        network("Amygdala", both(24, -4, -18, 7)),
        network("Caudate", both(12, 14, 10, 7)),
        network("Putamen", both(26, 4, 2, 7)),
        network("Ventral striatum", both(10, 10, -8, 6)),
        network("Thalamus", both(10, -18, 8, 8)));
  }

  private static List<RestingStateNetwork> cerebellum() {
    return List.of(
        network("Brain stem", middle(-26, -20, 8), middle(-28, -34, 8)),
        network("Cerebellum, anterior", both(18, -50, -24, 8)),
        network("Cerebellum, first crus", both(36, -66, -32, 9)),
        network("Cerebellum, vermis", middle(-64, -28, 9)));
  }

  @SafeVarargs
  private static RestingStateNetwork network(String name, List<Blob>... peaks) {
    List<Blob> blobs = new ArrayList<>();
    for (List<Blob> peak : peaks) {
      blobs.addAll(peak);
    }
    return new RestingStateNetwork(name, blobs);
  }

  private static List<Blob> one(double x, double y, double z, double sigma) {
    return List.of(new Blob(x, y, z, sigma, 1));
  }

  private static List<Blob> minor(double x, double y, double z, double sigma) {
    return List.of(new Blob(x, y, z, sigma, 0.6));
  }

  private static List<Blob> middle(double y, double z, double sigma) {
    return one(0, y, z, sigma);
  }

  private static List<Blob> both(double x, double y, double z, double sigma) {
    return List.of(new Blob(-x, y, z, sigma, 1), new Blob(x, y, z, sigma, 1));
  }
}
