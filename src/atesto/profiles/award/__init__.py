"""The award record: who learned what, how it was assessed, who vouches for it. Every form of credential is made from it."""
