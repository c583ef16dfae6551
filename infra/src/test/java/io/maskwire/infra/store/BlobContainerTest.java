package io.maskwire.infra.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import io.maskwire.exchange.store.BlobUpload;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.exchange.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store promises, tried on files and on Azurite. */
class BlobContainerTest {
  private static final byte[] FIRST = bytes("first");
  private static final byte[] OTHER = bytes("other");

  @TempDir static Path folder;
  private static final List<BlobService> STORES = new ArrayList<>();

  @BeforeAll
  static void start() {
    STORES.add(new FileStore(folder.resolve("files")));
    AzuriteForTests.start(folder.resolve("azurite")).ifPresent(STORES::add);
  }

  @AfterAll
  static void stop() {
    STORES.forEach(BlobService::close);
    STORES.clear();
  }

  static List<Named<BlobContainer>> stores() {
    return STORES.stream()
        .map(
            store ->
                Named.of(
                    store.getClass().getSimpleName(),
                    Stores.open(store.address(Container.STATE_PARTY0, "racwdl"))))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Names of their own for each test, in one container. */
  private static String name(String test) {
    return test + "/blob";
  }

  @ParameterizedTest
  @MethodSource("stores")
  void create_existing_isRefusedAndChangesNothing(BlobContainer container) {
    assertThat(container.create(name("create"), FIRST)).isTrue();
    assertThat(container.create(name("create"), OTHER)).isFalse();

    assertThat(container.read(name("create"))).contains(FIRST);
    assertThat(container.length(name("create"))).contains((long) FIRST.length);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void create_manyAtOnce_oneWins(BlobContainer container) throws Exception {
    List<Future<Boolean>> attempts = new ArrayList<>();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        byte[] own = bytes("attempt " + i);
        attempts.add(threads.submit(() -> container.create(name("race"), own)));
      }
    }

    int winner = -1;
    for (int i = 0; i < attempts.size(); i++) {
      if (attempts.get(i).get()) {
        assertThat(winner).as("winners before %d", i).isNegative();
        winner = i;
      }
    }
    assertThat(container.read(name("race"))).contains(bytes("attempt " + winner));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void read_missing_isEmpty(BlobContainer container) {
    assertThat(container.read(name("missing"))).isEmpty();
    assertThat(container.read(name("missing"), 1, 2)).isEmpty();
    assertThat(container.read(name("missing"), 0, 0)).isEmpty();
    assertThat(container.length(name("missing"))).isEmpty();
    assertThat(container.delete(name("missing"))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void read_ranges_givesWhatIsThere(BlobContainer container) {
    container.create(name("ranges"), bytes("0123456789"));

    assertThat(container.read(name("ranges"), 2, 3)).contains(bytes("234"));
    assertThat(container.read(name("ranges"), 8, 5)).contains(bytes("89"));
    assertThat(container.read(name("ranges"), 10, 5)).contains(new byte[0]);
    assertThat(container.read(name("ranges"), 99, 5)).contains(new byte[0]);
    assertThat(container.read(name("ranges"), 3, 0)).contains(new byte[0]);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void put_existing_replaces(BlobContainer container) {
    container.put(name("put"), FIRST);
    container.put(name("put"), bytes("longer than the first"));
    container.put(name("put"), OTHER);

    assertThat(container.read(name("put"))).contains(OTHER);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void append_otherPosition_isRefusedAndChangesNothing(BlobContainer container) {
    String log = name("append");

    assertThat(container.createLog(log)).isTrue();
    assertThat(container.createLog(log)).isFalse();
    assertThat(container.append(log, 0, bytes("one"))).isTrue();
    assertThat(container.append(log, 0, bytes("two"))).isFalse();
    assertThat(container.append(log, 4, bytes("two"))).isFalse();
    assertThat(container.append(log, 3, bytes("two"))).isTrue();

    assertThat(container.read(log)).contains(bytes("onetwo"));
    assertThat(container.createLog(log)).isFalse();
    assertThat(container.read(log)).contains(bytes("onetwo"));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void append_manyAtOnce_oneWins(BlobContainer container) throws Exception {
    String log = name("append-race");
    container.createLog(log);
    List<Future<Boolean>> attempts = new ArrayList<>();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        byte[] own = {(byte) i};
        attempts.add(threads.submit(() -> container.append(log, 0, own)));
      }
    }

    List<Byte> winners = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      if (attempts.get(i).get()) {
        winners.add((byte) i);
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(container.read(log)).contains(new byte[] {winners.getFirst()});
  }

  @ParameterizedTest
  @MethodSource("stores")
  void append_missing_isNotCreated(BlobContainer container) {
    container.create("no-log/neighbour", OTHER);

    assertThatThrownBy(() -> container.append(name("no-log"), 0, FIRST))
        .isInstanceOf(StoreException.class);

    assertThat(container.length(name("no-log"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void upload_largerThanMemory_isThereAfterCommitOnly(BlobContainer container) throws Exception {
    byte[] large = new byte[(9 << 20) + 5];
    new Random(1).nextBytes(large);

    try (BlobUpload upload = container.upload(name("upload"))) {
      upload.write(large[0]);
      upload.write(large, 1, 1_000_000);
      upload.write(large, 1_000_001, large.length - 1_000_001);
      assertThat(container.read(name("upload"))).isEmpty();
      assertThat(upload.commit()).isTrue();
    }

    assertThat(container.read(name("upload"))).contains(large);
    assertThat(container.read(name("upload"), large.length - 3, 9))
        .contains(java.util.Arrays.copyOfRange(large, large.length - 3, large.length));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void upload_closedBefore_leavesNothing(BlobContainer container) throws IOException {
    for (int length : new int[] {3, 5 << 20}) {
      try (BlobUpload upload = container.upload(name("abandoned"))) {
        upload.write(new byte[length]);
      }
    }

    assertThat(container.length(name("abandoned"))).isEmpty();
    assertThat(container.list("abandoned/")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void upload_existing_isRefusedAndChangesNothing(BlobContainer container) throws IOException {
    container.create(name("taken"), FIRST);

    for (int length : new int[] {0, 3, 5 << 20}) {
      try (BlobUpload upload = container.upload(name("taken"))) {
        upload.write(new byte[length]);
        assertThat(upload.commit()).isFalse();
      }
    }

    assertThat(container.read(name("taken"))).contains(FIRST);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void list_prefix_inOrderOfNames(BlobContainer container) {
    for (String name : List.of("list/b/2", "list/a", "list/b/10", "lists", "list-c")) {
      container.create(name, FIRST);
    }

    assertThat(container.list("list/"))
        .extracting(BlobEntry::name)
        .containsExactly("list/a", "list/b/10", "list/b/2");
    assertThat(container.list("list/b/"))
        .allSatisfy(
            entry -> {
              assertThat(entry.length()).isEqualTo(FIRST.length);
              assertThat(entry.modified()).isNotNull();
            });
    assertThat(container.list("nothing")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void delete_existing_nameCanBeUsedAgain(BlobContainer container) {
    container.create(name("delete"), FIRST);

    assertThat(container.delete(name("delete"))).isTrue();

    assertThat(container.read(name("delete"))).isEmpty();
    assertThat(container.create(name("delete"), OTHER)).isTrue();
  }
}
