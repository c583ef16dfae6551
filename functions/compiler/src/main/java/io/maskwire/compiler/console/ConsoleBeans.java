package io.maskwire.compiler.console;

import io.maskwire.compiler.function.CompilerConfig;
import io.maskwire.compiler.function.ModelPublisher;
import io.maskwire.compiler.function.OwnerContainers;
import io.maskwire.compiler.function.Refusals;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Puts the console together; nothing of it is made before somebody asks for it. */
@Singleton
final class ConsoleBeans {
  @Produces
  @Singleton
  Uploads uploads(OwnerContainers containers) {
    return new Uploads(containers.onnx());
  }

  @Produces
  @Singleton
  CompileJobs jobs(
      Uploads uploads, ModelPublisher publisher, Refusals refusals, CompilerConfig config) {
    return new CompileJobs(uploads, publisher, refusals, config.waitingUploads());
  }

  void close(@Disposes CompileJobs jobs) {
    jobs.close();
  }

  @Produces
  @Singleton
  ModelShelf shelf(
      OwnerContainers containers, Uploads uploads, CompileJobs jobs, CompilerConfig config) {
    return new ModelShelf(
        containers,
        uploads,
        jobs,
        new ModelShelf.Patience(config.compileLimit(), Clock.systemUTC()));
  }

  @Produces
  @Singleton
  DailySessions sessions(@Identifier("default-kafka-broker") Map<String, Object> broker) {
    return new DailySessions(
        () -> {
          Map<String, Object> settings = new HashMap<>(broker);
          settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
          settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
          return new KafkaConsumer<>(
              settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        });
  }

  void close(@Disposes DailySessions sessions) {
    sessions.close();
  }
}
