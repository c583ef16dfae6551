package io.maskwire.infra.kept;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Values that are made once, and found again by every later start on the same data folder. */
public final class KeptProperties {
  private final Path file;
  private final Properties values = new Properties();

  private KeptProperties(Path file) {
    this.file = file;
  }

  /** The values in {@code file}, which need not be there yet. */
  public static KeptProperties in(Path file) {
    KeptProperties kept = new KeptProperties(file);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        kept.values.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return kept;
  }

  /** The value of {@code name}, made by {@code first} and saved if there is none yet. */
  public synchronized String get(String name, Supplier<String> first) {
    String there = values.getProperty(name);
    if (there != null) {
      return there;
    }
    String made = first.get();
    values.setProperty(name, made);
    save();
    return made;
  }

  /** A port that was free when it was chosen, and is nobody else's here. */
  public int port(String name) {
    return port(name, FreePort::choose);
  }

  /** Ports are chosen before anybody listens on them: one may be chosen again. */
  int port(String name, IntSupplier choice) {
    return Integer.parseInt(get(name, () -> unused(choice)));
  }

  private String unused(IntSupplier choice) {
    String port = Integer.toString(choice.getAsInt());
    while (values.containsValue(port)) {
      port = Integer.toString(choice.getAsInt());
    }
    return port;
  }

  /** A random password. */
  public String password(String name) {
    return get(name, Secrets::password);
  }

  private void save() {
    try (StringWriter text = new StringWriter()) {
      values.store(text, null);
      PrivateFiles.write(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
