package io.maskwire.exchange.store;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Stages blocks, and lists them when they are all there. Memory: one block. */
final class AzureUpload extends BlobUpload {
  private static final int BLOCK_BYTES = 4 << 20;

  private final AzureContainer container;
  private final String name;
  private final BlockBlobClient client;
  private final List<String> blocks = new ArrayList<>();
  private final byte[] block = new byte[BLOCK_BYTES];
  private int filled;

  AzureUpload(AzureContainer container, String name, BlockBlobClient client) {
    this.container = container;
    this.name = name;
    this.client = client;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, BLOCK_BYTES - filled);
      System.arraycopy(bytes, from, block, filled, count);
      filled += count;
      from += count;
      left -= count;
      if (filled == BLOCK_BYTES) {
        stage();
      }
    }
  }

  private void stage() {
    String id =
        Base64.getEncoder()
            .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(blocks.size()).array());
    BinaryData content = BinaryData.fromBytes(Arrays.copyOf(block, filled));
    container.run(
        "write " + name,
        () -> {
          client.stageBlock(id, content);
          return true;
        });
    blocks.add(id);
    filled = 0;
  }

  @Override
  public boolean commit() {
    if (blocks.isEmpty()) {
      return container.create(name, Arrays.copyOf(block, filled));
    }
    if (filled > 0) {
      stage();
    }
    return container.unlessRefused(
        "create " + name,
        () ->
            client.commitBlockListWithResponse(
                new BlockBlobCommitBlockListOptions(blocks)
                    .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*")),
                null,
                Context.NONE));
  }
}
