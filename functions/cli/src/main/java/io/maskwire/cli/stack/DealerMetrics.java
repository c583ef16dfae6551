package io.maskwire.cli.stack;

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
    double count = value("maskwire_deal_seconds_count", model);
    return count == 0 ? 0 : 1000 * value("maskwire_deal_seconds_sum", model) / count;
  }

  /** Sessions of {@code model} that are ready. */
  public int stock(String model) {
    return (int) value("maskwire_stock", model);
  }

  private double value(String metric, String model) {
    Matcher matcher =
        Pattern.compile(
                "^%s\\{[^}]*model=\"%s\"[^}]*} (\\S+)$".formatted(metric, Pattern.quote(model)),
                Pattern.MULTILINE)
            .matcher(text);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }
}
