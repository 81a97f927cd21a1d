package fortnight.pipelines.propose;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicChecks;
import fortnight.common.kafka.TopicSnapshot;
import fortnight.pipelines.files.FirstRecords;
import fortnight.pipelines.files.InputFile;
import fortnight.pipelines.files.Paths;
import fortnight.pipelines.kafka.KafkaPayloads;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An input of which the first records are read.
 *
 * @param name the input as the user wrote it
 * @param topic empty if the input is files
 */
public record SampleInput(String name, Optional<TopicAddress> topic, List<InputFile> files) {
  /** How long to wait for further bytes of a pipe. */
  static final Duration MAX_IDLE = Duration.ofSeconds(5);

  /** Allows text in any charset; how it is encoded is detected. */
  private static final RecordEncoding ANY_TEXT = new RecordEncoding.Csv(',', "UTF-16", null, false);

  /**
   * Parses the value of {@code --input}.
   *
   * @throws IllegalArgumentException if it is not an input, or no file matches
   */
  public static SampleInput parse(String text) {
    return TopicAddress.isTopic(text)
        ? new SampleInput(text, Optional.of(TopicAddress.parse(text)), List.of())
        : new SampleInput(text, Optional.empty(), Paths.files(text, ANY_TEXT));
  }

  /**
   * Reads the first records.
   *
   * @throws CommandException if the input cannot be read
   */
  Sample sample(KafkaClients clients) {
    Sample sample = new Sample(name);
    if (topic.isPresent()) {
      TopicChecks.checkReadable(clients, topic.get());
      try (TopicSnapshot messages = TopicSnapshot.of(clients, topic.get())) {
        messages.forEachWhile(message -> sample.add(KafkaPayloads.of(message)));
      }
      return sample;
    }
    try {
      FirstRecords.forEachWhile(files, MAX_IDLE, sample);
    } catch (IOException e) {
      throw CommandException.failed(ErrorMessages.of(e), e);
    }
    return sample;
  }
}
