package io.maskwire.infra.store;

import com.azure.core.http.HttpClient;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;

/** The accounts of the trust domains at an Azurite that runs, with all that their keys allow. */
public final class AzuriteAccounts {
  private static final int ADDRESS_DAYS = 365;

  private final Map<Domain, BlobServiceClient> accounts = new EnumMap<>(Domain.class);

  /**
   * Accounts of {@code service}; nothing is asked yet.
   *
   * @param service its address, without the accounts' names
   * @param keys of the accounts
   */
  public AzuriteAccounts(String service, Map<Domain, String> keys) {
    HttpClient http = new OkHttpAsyncHttpClientBuilder().build();
    keys.forEach(
        (domain, key) ->
            accounts.put(
                domain,
                new BlobServiceClientBuilder()
                    .endpoint(service + "/" + domain.account())
                    .credential(new StorageSharedKeyCredential(domain.account(), key))
                    .httpClient(http)
                    .buildClient()));
  }

  private BlobContainerClient client(Container container) {
    BlobServiceClient account = accounts.get(container.domain());
    if (account == null) {
      throw new IllegalStateException("no account of " + container.domain());
    }
    return account.getBlobContainerClient(container.container());
  }

  /** Creates the containers that are not there. */
  public void createContainers() {
    for (Container container : Container.values()) {
      client(container).createIfNotExists();
    }
  }

  /** An address of {@code container} that allows what {@code letters} say. */
  public String address(Container container, String letters) {
    BlobContainerClient client = client(container);
    String signature =
        client.generateSas(
            new BlobServiceSasSignatureValues(
                OffsetDateTime.now(ZoneOffset.UTC).plusDays(ADDRESS_DAYS),
                BlobContainerSasPermission.parse(letters)));
    return client.getBlobContainerUrl() + "?" + signature;
  }
}
