"""European Digital Credentials: vocabulary, writing, reading, structural checks."""
