"""Files of networks: each format with its writer and its reader."""
