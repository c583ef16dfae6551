package io.maskwire.exchange.store;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Opens containers by their addresses. */
public final class Stores {
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);
  private static final String PERMISSIONS = "sp=";

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
    RequestRetryOptions retries =
        new RequestRetryOptions(
            RetryPolicyType.EXPONENTIAL,
            4,
            AzureContainer.UPLOAD_TIMEOUT,
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            null);
    return new AzureContainer(
        new BlobContainerClientBuilder()
            .endpoint(address)
            .httpClient(new JdkHttpClientBuilder().responseTimeout(RESPONSE_TIMEOUT).build())
            .serviceVersion(BlobServiceVersion.getLatest())
            .retryOptions(retries)
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
