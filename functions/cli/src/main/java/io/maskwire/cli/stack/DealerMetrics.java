package io.maskwire.cli.stack;

import io.maskwire.exchange.ModelVersionName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a dealer says of itself, in Prometheus' text format. */
public final class DealerMetrics {
  private final String text;

  private DealerMetrics(String text) {
    this.text = text;
  }

  /** The metrics of the dealer at {@code address} as they are now. */
  public static DealerMetrics fetch(URI address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(address.resolve("/q/metrics")).build();
      return parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  static DealerMetrics parse(String text) {
    return new DealerMetrics(text);
  }

  /** Mean time to deal a session of {@code model} and to store its keys; 0 if none was dealt. */
  public double dealMillis(String model) {
    String label = label("model", model);
    double count = value("maskwire_deal_seconds_count", label);
    return count == 0 ? 0 : 1000 * value("maskwire_deal_seconds_sum", label) / count;
  }

  /** Sessions of a version that are ready, when the dealer looked last. */
  public int stock(ModelVersionName name) {
    return (int) value("maskwire_stock", label("version", name.version()));
  }

  private static String label(String label, String value) {
    return "%s=\"%s\"".formatted(label, value);
  }

  private double value(String metric, String label) {
    Matcher matcher =
        Pattern.compile(
                "^%s\\{([^}]*,)?%s[,}].* (\\S+)$".formatted(metric, Pattern.quote(label)),
                Pattern.MULTILINE)
            .matcher(text);
    return matcher.find() ? Double.parseDouble(matcher.group(2)) : 0;
  }
}
