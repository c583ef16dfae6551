package io.maskwire.tests.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Byte strings that must not be sent, and their forms that a search would miss. */
final class Secrets {
  /** Long enough that random bytes do not have it by chance. */
  private static final int WINDOW = 24;

  private final Map<String, byte[]> forms = new LinkedHashMap<>();

  /** Adds windows of {@code bytes} that are not constant. */
  Secrets add(String name, byte[] bytes) {
    int step = Math.max(1, bytes.length / 400);
    for (int from = 0; from + WINDOW <= bytes.length; from += step) {
      byte[] window = Arrays.copyOfRange(bytes, from, from + WINDOW);
      if (distinct(window) > WINDOW / 4) {
        addForms("%s at %d".formatted(name, from), window);
      }
    }
    return this;
  }

  /** Adds a text, such as a label, whole. */
  Secrets add(String name, String text) {
    addForms(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds numbers as floats and doubles in both byte orders, and as decimals. */
  Secrets add(String name, float[] values) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      ByteBuffer floats = ByteBuffer.allocate(4 * values.length).order(order);
      ByteBuffer doubles = ByteBuffer.allocate(8 * values.length).order(order);
      for (float value : values) {
        floats.putFloat(value);
        doubles.putDouble(value);
      }
      add(name + " as floats, " + order, floats.array());
      add(name + " as doubles, " + order, doubles.array());
    }
    return this;
  }

  private void addForms(String name, byte[] bytes) {
    forms.put(name, bytes);
    forms.put(name + " in hex", ascii(HexFormat.of().formatHex(bytes)));
    forms.put(name + " in HEX", ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
    for (int offset = 0; offset < 3; offset++) {
      // Where the window starts within a group of three bytes decides how base64 shows it.
      int from = (3 - offset) % 3;
      int length = (bytes.length - from) / 3 * 3;
      if (length >= 6) {
        byte[] groups = Arrays.copyOfRange(bytes, from, from + length);
        forms.put(name + " in base64, " + offset, Base64.getEncoder().encode(groups));
        forms.put(name + " in base64url, " + offset, Base64.getUrlEncoder().encode(groups));
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static long distinct(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).chars().distinct().count();
  }

  int size() {
    return forms.size();
  }

  /** Names of all forms that occur in one of {@code sent}. */
  List<String> foundIn(Collection<byte[]> sent) {
    List<String> found = new ArrayList<>();
    for (byte[] bytes : sent) {
      String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
      forms.forEach(
          (name, form) -> {
            if (haystack.contains(new String(form, StandardCharsets.ISO_8859_1))) {
              found.add(name);
            }
          });
    }
    return found;
  }
}
