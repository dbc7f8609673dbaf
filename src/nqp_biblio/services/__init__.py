"""Public services for metadata of works: asked politely, remembered, never trusted blindly."""
