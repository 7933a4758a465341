"""The European approach to micro-credentials: Council Recommendation of 16 June 2022 (2022/C 243/02), Annex I."""
