package io.maskwire.exchange.store;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Opens containers by their addresses. */
public final class Stores {
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
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            null);
    return new AzureContainer(
        new BlobContainerClientBuilder()
            .endpoint(address)
            .httpClient(new JdkHttpClientBuilder().build())
            .serviceVersion(BlobServiceVersion.getLatest())
            .retryOptions(retries)
            .buildClient());
  }
}
