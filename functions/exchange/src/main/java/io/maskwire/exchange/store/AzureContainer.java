package io.maskwire.exchange.store;

import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AppendBlobRequestConditions;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.AppendBlobAppendBlockOptions;
import com.azure.storage.blob.options.AppendBlobCreateOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A container of Azure Blob Storage. Timeouts are the HTTP client's: one given to a method would
 * move each request to another thread and back.
 */
public final class AzureContainer implements BlobContainer {
  /** For one request that carries a large blob. */
  static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(15);

  /** The HTTP client's key for a request's own timeout. */
  private static final String RESPONSE_TIMEOUT_KEY = "azure-response-timeout";

  private static final String ANY = "*";

  private final Supplier<BlobContainerClient> factory;
  private final boolean createsOnly;

  private @Nullable BlobContainerClient client;

  /**
   * The container that a client has credentials for.
   *
   * @param factory makes the client when it is needed first: at their start functions open more
   *     containers than they use
   * @param createsOnly whether these allow to create and not to overwrite. The service answers the
   *     attempt to create a blob that exists with "forbidden" then, not with "conflict".
   */
  AzureContainer(Supplier<BlobContainerClient> factory, boolean createsOnly) {
    this.factory = factory;
    this.createsOnly = createsOnly;
  }

  private synchronized BlobContainerClient client() {
    if (client == null) {
      client = factory.get();
    }
    return client;
  }

  private BlobClient blob(String name) {
    return client().getBlobClient(name);
  }

  @Override
  public Optional<byte[]> read(String name) {
    return ifFound("read " + name, () -> blob(name).downloadContent().toBytes());
  }

  @Override
  public Optional<byte[]> read(String name, long offset, int length) {
    if (length == 0) {
      return length(name).map(any -> new byte[0]);
    }
    return ifFound(
        "read " + name,
        () -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
          try {
            blob(name)
                .downloadStreamWithResponse(
                    bytes,
                    new BlobRange(offset, (long) length),
                    new DownloadRetryOptions(),
                    null,
                    false,
                    null,
                    Context.NONE);
          } catch (BlobStorageException e) {
            if (!BlobErrorCode.INVALID_RANGE.equals(e.getErrorCode())) {
              throw e;
            }
          }
          return bytes.toByteArray();
        });
  }

  @Override
  public Optional<Long> length(String name) {
    return ifFound("read " + name, () -> blob(name).getProperties().getBlobSize());
  }

  @Override
  public boolean create(String name, byte[] bytes) {
    return create(name, BinaryData.fromBytes(bytes), Context.NONE);
  }

  /** Creates a blob of what {@code spool} holds. */
  boolean create(String name, EncryptedSpool spool) {
    BinaryData encrypted = BinaryData.fromFile(spool.file());
    boolean created = create(name, encrypted, SpoolPolicy.with(spool, Context.NONE));
    if (!spool.wasRead()) {
      throw new IllegalStateException("blob '%s' was sent encrypted".formatted(name));
    }
    return created;
  }

  /** Creates a blob with one request, so that the right to create suffices. */
  private boolean create(String name, BinaryData content, Context context) {
    return unlessThere(
        "create " + name,
        () ->
            blob(name)
                .getBlockBlobClient()
                .uploadWithResponse(
                    new BlockBlobSimpleUploadOptions(content)
                        .setRequestConditions(new BlobRequestConditions().setIfNoneMatch(ANY)),
                    null,
                    context.addData(RESPONSE_TIMEOUT_KEY, UPLOAD_TIMEOUT)));
  }

  @Override
  public BlobUpload upload(String name) {
    return new AzureUpload(this, name, Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Override
  public void put(String name, byte[] bytes) {
    run(
        "write " + name,
        () -> {
          blob(name).upload(BinaryData.fromBytes(bytes), true);
          return true;
        });
  }

  @Override
  public boolean createLog(String name) {
    return unlessThere(
        "create " + name,
        () ->
            appendClient(name)
                .createWithResponse(
                    new AppendBlobCreateOptions()
                        .setRequestConditions(new BlobRequestConditions().setIfNoneMatch(ANY)),
                    null,
                    Context.NONE));
  }

  private AppendBlobClient appendClient(String name) {
    return blob(name).getAppendBlobClient();
  }

  @Override
  public boolean append(String name, long position, byte[] record) {
    return unless(
        AzureContainer::isConflict,
        "append to " + name,
        () ->
            appendClient(name)
                .appendBlockWithResponse(
                    new AppendBlobAppendBlockOptions(BinaryData.fromBytes(record))
                        .setRequestConditions(
                            new AppendBlobRequestConditions().setAppendPosition(position)),
                    null,
                    Context.NONE));
  }

  @Override
  public boolean delete(String name) {
    return run("delete " + name, () -> blob(name).deleteIfExists());
  }

  @Override
  public List<BlobEntry> list(String prefix) {
    return run(
        "list " + prefix,
        () ->
            client().listBlobs(new ListBlobsOptions().setPrefix(prefix), null).stream()
                .map(AzureContainer::entry)
                .sorted(Comparator.comparing(BlobEntry::name))
                .toList());
  }

  private static BlobEntry entry(BlobItem item) {
    return new BlobEntry(
        item.getName(),
        item.getProperties().getContentLength(),
        item.getProperties().getLastModified().toInstant());
  }

  /** Runs {@code action} unless the blob does not exist. */
  private <T> Optional<T> ifFound(String what, Supplier<T> action) {
    return run(
        what,
        () -> {
          try {
            return Optional.of(action.get());
          } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Runs {@code action}, which creates a blob; false if there is one. */
  private boolean unlessThere(String what, Supplier<? extends Response<?>> action) {
    return unless(e -> isConflict(e) || isOverwrite(e), what, action);
  }

  /** Runs {@code action}; false if {@code expected} holds for its failure. */
  private boolean unless(
      Predicate<BlobStorageException> expected,
      String what,
      Supplier<? extends Response<?>> action) {
    return run(
        what,
        () -> {
          try {
            return action.get().getStatusCode() < 300;
          } catch (BlobStorageException e) {
            if (expected.test(e)) {
              return false;
            }
            throw e;
          }
        });
  }

  private static boolean isConflict(BlobStorageException e) {
    return e.getStatusCode() == 409 || e.getStatusCode() == 412;
  }

  private boolean isOverwrite(BlobStorageException e) {
    return BlobErrorCode.UNAUTHORIZED_BLOB_OVERWRITE.equals(e.getErrorCode())
        || (createsOnly
            && BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH.equals(e.getErrorCode()));
  }

  /** Runs {@code action} and translates its failure. */
  private <T> T run(String what, Supplier<T> action) {
    try {
      return action.get();
    } catch (BlobStorageException e) {
      throw new StoreException(
          reason(e.getStatusCode()),
          "container '%s': cannot %s: %d %s"
              .formatted(
                  client().getBlobContainerName(), what, e.getStatusCode(), e.getErrorCode()),
          e);
    } catch (RuntimeException e) {
      throw new StoreException(
          StoreException.Reason.UNAVAILABLE,
          "container '%s': cannot %s: %s"
              .formatted(client().getBlobContainerName(), what, e.getMessage()),
          e);
    }
  }

  private static StoreException.Reason reason(int status) {
    if (status == 401 || status == 403) {
      return StoreException.Reason.DENIED;
    }
    return status >= 500 || status == 429 || status == 408
        ? StoreException.Reason.UNAVAILABLE
        : StoreException.Reason.FAILED;
  }
}
