"""The baseline: a chat as the Channels tutorial writes it, and the message saved before it is sent."""

import json

from channels.generic.websocket import AsyncWebsocketConsumer

from tests.bench.textbook.models import Message


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.room_name = self.scope["url_route"]["kwargs"]["room_name"]
        self.room_group_name = f"chat_{self.room_name}"
        await self.channel_layer.group_add(self.room_group_name, self.channel_name)
        await self.accept()

    async def disconnect(self, close_code):
        await self.channel_layer.group_discard(self.room_group_name, self.channel_name)

    async def receive(self, text_data):
        text = json.loads(text_data)["text"]
        message = await Message.objects.acreate(room=self.room_name, text=text)
        await self.channel_layer.group_send(
            self.room_group_name, {"type": "chat.message", "seq": message.pk, "text": text}
        )

    async def chat_message(self, event):
        await self.send(text_data=json.dumps({"seq": event["seq"], "text": event["text"]}))
