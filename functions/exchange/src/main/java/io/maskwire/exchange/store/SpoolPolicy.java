package io.maskwire.exchange.store;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import reactor.core.publisher.Mono;

/**
 * Decrypts an {@link EncryptedSpool} while it is sent. The request carries the encrypted file,
 * which the client can send again, of any size, without holding it in memory; each attempt passes
 * here and gets the bytes instead.
 */
final class SpoolPolicy implements HttpPipelinePolicy {
  private static final String KEY = "maskwire-spool";

  /** {@code context} of a request whose body is {@code spool}. */
  static Context with(EncryptedSpool spool, Context context) {
    return context.addData(KEY, spool);
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return Mono.defer(
        () -> {
          decrypt(context);
          return next.process();
        });
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    decrypt(context);
    return next.processSync();
  }

  private static void decrypt(HttpPipelineCallContext context) {
    context
        .getData(KEY)
        .map(EncryptedSpool.class::cast)
        .ifPresent(
            spool -> {
              try {
                context
                    .getHttpRequest()
                    .setBody(BinaryData.fromStream(spool.open(), Files.size(spool.file())));
              } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + spool.file(), e);
              }
            });
  }
}
