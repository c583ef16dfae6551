package io.maskwire.infra.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The file {@code infra/compose.yaml}, as far as tests look into it.
 *
 * @param services by name
 */
record ComposeFile(Map<?, ?> services) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:\\?)?}");

  static ComposeFile read() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("compose.yaml"))) {
      Object all = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return new ComposeFile(map(map(all).get("services")));
    }
  }

  Map<?, ?> service(String name) {
    return map(services.get(name));
  }

  static Map<?, ?> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  static List<?> list(@Nullable Object node) {
    return node instanceof List<?> list ? list : List.of();
  }

  /** The variables of {@code service}, with {@code secrets} in place. */
  Map<String, String> environment(String service, Map<String, String> secrets) {
    Map<String, String> environment = new HashMap<>();
    map(service(service).get("environment"))
        .forEach(
            (name, value) ->
                environment.put(
                    name.toString(),
                    VARIABLE
                        .matcher(value.toString())
                        .replaceAll(found -> secrets.getOrDefault(found.group(1), ""))));
    return environment;
  }

  /** The broker's settings, as its image makes them of variables. */
  Properties brokerSettings(Map<String, String> secrets) {
    Properties settings = new Properties();
    environment("broker", secrets)
        .forEach(
            (name, value) ->
                settings.setProperty(
                    name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'),
                    value));
    return settings;
  }
}
