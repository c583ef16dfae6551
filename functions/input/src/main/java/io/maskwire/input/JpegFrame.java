package io.maskwire.input;

import java.util.ArrayList;
import java.util.List;

/**
 * A JPEG frame header (ITU-T T.81, section B.2.2).
 *
 * @param progressive whether coefficients come in several scans
 * @param width in pixels
 * @param height in pixels
 * @param components 1, 3 or 4
 * @param horizontal the greatest horizontal sampling factor
 * @param vertical the greatest vertical one
 */
record JpegFrame(
    boolean progressive,
    int width,
    int height,
    List<JpegComponent> components,
    int horizontal,
    int vertical) {
  private static final int BASELINE = 0xc0;
  private static final int EXTENDED = 0xc1;
  private static final int PROGRESSIVE = 0xc2;
  private static final int MAX_FACTOR = 4;

  JpegFrame {
    components = List.copyOf(components);
  }

  /** The frame that {@code marker} announces, with room for its coefficients. */
  static JpegFrame read(String name, int marker, ByteSource segment) {
    if (marker != BASELINE && marker != EXTENDED && marker != PROGRESSIVE) {
      throw new InputException(
          name,
          (marker < 0xc8 ? "lossless or hierarchical" : "arithmetically coded")
              + " JPEG is not read; save it as an 8-bit gray or RGB PNG");
    }
    int precision = segment.u8("the JPEG frame");
    if (precision != 8) {
      throw new InputException(
          name, "JPEG of " + precision + " bits is not read; save it as an 8-bit PNG");
    }
    int height = segment.u16("the JPEG frame");
    int width = segment.u16("the JPEG frame");
    int count = segment.u8("the JPEG frame");
    if (count != 1 && count != 3 && count != 4) {
      throw new InputException(
          name, "a JPEG of " + count + " components is not read; save it as an RGB PNG");
    }
    Samples.count(name, "the picture", width, height, 3);
    List<JpegComponent> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      components.add(component(segment));
    }
    return allocated(name, marker == PROGRESSIVE, width, height, components);
  }

  private static JpegComponent component(ByteSource segment) {
    int id = segment.u8("a JPEG component");
    int factors = segment.u8("a JPEG component");
    int horizontal = factors >> 4;
    int vertical = factors & 15;
    if (horizontal < 1 || horizontal > MAX_FACTOR || vertical < 1 || vertical > MAX_FACTOR) {
      throw segment.error("a JPEG component has no such sampling: the file is damaged");
    }
    return new JpegComponent(id, horizontal, vertical, segment.u8("a JPEG component"));
  }

  private static JpegFrame allocated(
      String name, boolean progressive, int width, int height, List<JpegComponent> components) {
    int horizontal = components.stream().mapToInt(JpegComponent::horizontal).max().orElse(1);
    int vertical = components.stream().mapToInt(JpegComponent::vertical).max().orElse(1);
    int across = Math.ceilDiv(width, 8 * horizontal);
    int down = Math.ceilDiv(height, 8 * vertical);
    Samples.count(
        name, "the picture", 8L * horizontal * across, 8L * vertical * down, components.size());
    for (JpegComponent component : components) {
      if (horizontal % component.horizontal() != 0 || vertical % component.vertical() != 0) {
        throw new InputException(
            name, "JPEG with fractional sampling is not read; save it as an RGB PNG");
      }
      component.allocate(
          Math.ceilDiv(width * component.horizontal(), horizontal),
          Math.ceilDiv(height * component.vertical(), vertical),
          across,
          down);
    }
    return new JpegFrame(progressive, width, height, components, horizontal, vertical);
  }

  int mcusAcross() {
    return Math.ceilDiv(width, 8 * horizontal);
  }

  int mcusDown() {
    return Math.ceilDiv(height, 8 * vertical);
  }
}
