package io.taskhub.task.artifact;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the store that the configuration chose, and nothing of the other one. */
@Dependent
class ArtifactStoreProducer {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    @Produces
    @Singleton
    @Startup
    ArtifactStore store(ArtifactConfig config) {
        return switch (config.kind()) {
            case DIR -> new DirectoryStore(config.dir());
            case S3 -> new S3Store(client(config.s3()), bucket(config.s3()));
        };
    }

    void close(@Disposes ArtifactStore store) {
        if (store instanceof S3Store s3) {
            s3.close();
        }
    }

    private static String bucket(ArtifactConfig.S3 config) {
        return config.bucket()
                .orElseThrow(() -> new IllegalStateException(
                        "taskhub.artifacts.s3.bucket is not set, and taskhub.artifacts.kind is s3"));
    }

    /** Without what only Amazon's own store understands: checksums in trailers and bodies signed in chunks. */
    static S3Client client(ArtifactConfig.S3 config) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(config.region()))
                .credentialsProvider(credentials(config))
                .forcePathStyle(config.endpoint().isPresent())
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE));
        config.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(ArtifactConfig.S3 config) {
        return config.accessKeyId().isPresent() && config.secretAccessKey().isPresent()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        config.accessKeyId().get(), config.secretAccessKey().get()))
                : DefaultCredentialsProvider.builder().build();
    }
}
