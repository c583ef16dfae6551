package io.maskwire.exchange.store;

import com.azure.core.http.HttpClient;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Opens containers by their addresses. */
public final class Stores {
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);
  private static final String PERMISSIONS = "sp=";
  private static final int RETRIES = 4;
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

  /** One for all containers: it keeps connections, and sends on the thread that asks. */
  private static final class Http {
    static final HttpClient CLIENT =
        new OkHttpAsyncHttpClientBuilder().responseTimeout(RESPONSE_TIMEOUT).build();
  }

  private Stores() {}

  /**
   * The container at {@code address}: an {@code https} or {@code http} address with a shared access
   * signature, or the {@code file} address of a folder.
   */
  public static BlobContainer open(String address) {
    URI uri = URI.create(address);
    return switch (String.valueOf(uri.getScheme())) {
      case "file" -> new FileContainer(Path.of(uri));
      case "http", "https" -> azure(address);
      default ->
          throw new IllegalArgumentException(
              "a container's address starts with https:, http: or file:, not with '%s:'"
                  .formatted(uri.getScheme()));
    };
  }

  private static BlobContainer azure(String address) {
    return new AzureContainer(
        () ->
            new BlobContainerClientBuilder()
                .endpoint(address)
                .httpClient(Http.CLIENT)
                .serviceVersion(BlobServiceVersion.getLatest())
                .retryOptions(
                    new RetryOptions(
                        new ExponentialBackoffOptions()
                            .setMaxRetries(RETRIES)
                            .setBaseDelay(FIRST_DELAY)
                            .setMaxDelay(LONGEST_DELAY)))
                .addPolicy(new SpoolPolicy())
                .buildClient(),
        createsOnly(URI.create(address)));
  }

  /** Whether the letters of the signature are for creating and not for overwriting. */
  private static boolean createsOnly(URI address) {
    String query = String.valueOf(address.getRawQuery());
    return Arrays.stream(query.split("&"))
        .filter(parameter -> parameter.startsWith(PERMISSIONS))
        .map(parameter -> parameter.substring(PERMISSIONS.length()))
        .anyMatch(letters -> letters.contains("c") && !letters.contains("w"));
  }
}
